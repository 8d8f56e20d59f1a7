"""Somebody else's folder: files in, the site that MkDocs builds of them out."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from commands import run_command
from opsbook.assembly.load import draft_handbook
from opsbook.assembly.parts import finished_site
from opsbook.assembly.site import Site
from opsbook.source.sitefile import SiteFile

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
CHECKLIST = """\
title: Elsewhere
owners:
  - id: team
    title: The team
areas:
  - id: one
    title: One
    owner: team
    items:
      - id: first
        title: First
      - id: second
        title: Second
        status: done
        evidence:
          - url: https://example.org/
  - id: two
    title: Two
    groups:
      - id: things
        title: Things
        items:
          - id: whole
            title: Whole
            items:
              - id: part
                title: Part
phases:
  - id: phase-one
    title: Phase one
    goals:
      - title: Goal
        items: [one]
"""
CONFIG = "site_name: Elsewhere\nstrict: true\ntheme: material\nplugins: [search, opsbook]\n"
WITH_MACROS = """\
site_name: Elsewhere
strict: true
theme: material
plugins:
  - search
  - opsbook
  - macros: {module_name: macros/main, render_by_default: false, on_error_fail: true, on_undefined: strict}
"""


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write a folder with a checklist, a configuration and `files`; the folder."""
    (root / "docs").mkdir(exist_ok=True)
    for name, text in {"checklist.yml": CHECKLIST, "mkdocs.yml": CONFIG, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def site_of(files: Mapping[str, str]) -> Site:
    """Return the pages and assets that a folder with `files` becomes, as they are before MkDocs reads them.

    Raises ProblemsError with the problems of all files.
    """
    with tempfile.TemporaryDirectory(prefix="site-of-") as folder:
        root = write(Path(folder), files)
        return finished_site(draft_handbook(root, root / "docs").finish().graph, SiteFile(docs=root / "docs"))


def build(root: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site of `root` into its folder `site`, quietly where no `options` are given.

    MkDocs swallows warnings when it is quiet, also where strict makes them errors.
    """
    options = ("build", "--site-dir", "site", *(options or ("--quiet",)))
    return run_command("mkdocs", *options, folder=root, environment={**ENVIRONMENT, **environment})


def built(root: Path) -> Path:
    """The site of `root`, which has to build."""
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def problems(root: Path) -> list[str]:
    """What the build of `root` prints of problems; it has to end with 1 and without a traceback."""
    done = build(root)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return [line.removeprefix("ERROR   -  ") for line in done.stderr.splitlines() if line.startswith("ERROR")]


def check(root: Path, *options: str, before: Callable[[], None] | None = None) -> tuple[int, list[str]]:
    """What `opsbook check` ends with and says; it has to end by itself and without a traceback.

    Where something is to happen `before` it begins, a process is started for it.
    """
    if before is None:
        done = run_command("opsbook", "check", *options, folder=root, timeout=60)
    else:
        code = "import sys; from opsbook.cli import main; sys.argv[0] = 'opsbook'; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "check", *options],
            cwd=root,
            capture_output=True,
            text=True,
            timeout=60,
            preexec_fn=before,
        )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [line for line in done.stderr.splitlines() if line and not line.endswith("found")]


def refused(root: Path) -> list[str]:
    """The problems that `check` and the build find alike."""
    code, said = check(root)
    assert code == 1, said
    assert problems(root) == said
    return said
