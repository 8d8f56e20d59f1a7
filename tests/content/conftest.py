"""What the tests of this repository's own content share: its site, built once, and served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import ROOT, Serve


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the real site, built once a run by `mkdocs build --strict`; the workers of xdist share it."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    folder = shared / "site"
    finished = shared / "site-is-built"
    with FileLock(shared / "site.lock"):
        if not finished.exists():
            build_site(ROOT, folder)
            finished.touch()
    return folder


def build_site(source: Path, folder: Path) -> None:
    """Build the site of `source` into `folder`, and fail with what MkDocs printed when it does not build."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"mkdocs build --strict failed:\n{done.stdout}{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def searched_site(site: Path, serve: Serve) -> str:
    """The address of the real site over plain http, with no slash at its end; only the test browser resolves it."""
    return serve(site)


@pytest.fixture(scope="session")
def served_site(searched_site: str) -> str:
    """The same: what its pages do not search costs them nothing."""
    return searched_site
