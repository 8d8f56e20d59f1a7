"""A site builds however its configuration is named: by a relative path, from another folder, on standard input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_command
from small_site import ENVIRONMENT, WITH_MACROS, write

ASKS = "---\nrender_macros: true\n---\n\n# Asks\n\n{{ 1 + 1 }} practices\n"
# mkdocs-macros looks for a module of the site beside the folder where the configuration comes from standard input.
CONFIG = WITH_MACROS.replace("module_name: macros/main", "modules: [opsbook.macros]")
FILES = {"mkdocs.yml": CONFIG, "docs/asks.md": ASKS}


@pytest.mark.parametrize(
    ("program", "folder", "options"),
    [
        ("mkdocs", "here", ("-f", "mkdocs.yml")),
        ("mkdocs", ".", ("-f", "here/mkdocs.yml")),
        ("mkdocs", "here/docs", ("-f", "../mkdocs.yml")),
        ("mkdocs", "here", ("-f", "-")),
        ("properdocs", "here", ("-f", "mkdocs.yml")),
        ("properdocs", "here", ("-f", "-")),
    ],
)
def test_every_form_builds_the_same_site(tmp_path: Path, program: str, folder: str, options: tuple[str, str]) -> None:
    (tmp_path / "here").mkdir()
    root = write(tmp_path / "here", FILES)

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", program, "build", "--strict", "--site-dir", str(tmp_path / "site"), *options],
            cwd=tmp_path / folder,
            input=CONFIG if options[1] == "-" else "",
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=120,
        )

    done = run()
    assert done.returncode == 0, done.stderr
    assert "2 practices" in (tmp_path / "site/asks/index.html").read_text("utf-8")
    (root / "docs/asks.md").write_text(ASKS.replace("1 + 1", "nothing()"), "utf-8")
    done = run()
    assert done.returncode == 1
    assert "docs/asks.md:7:4: " in done.stderr


def test_a_site_is_found_through_a_link_to_its_folder(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    write(tmp_path / "here", FILES)
    (tmp_path / "linked").symlink_to("here")
    for options in (("-f", "linked/mkdocs.yml"), ("-f", str(tmp_path / "linked/mkdocs.yml"))):
        done = run_command("mkdocs", "build", *options, "--strict", folder=tmp_path, environment=ENVIRONMENT)
        assert done.returncode == 0, done.stderr
    assert os.path.realpath(tmp_path / "linked/site") == str(tmp_path / "here/site")


def test_the_plain_source_is_written_from_every_form_too(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    write(tmp_path / "here", FILES)
    for folder, options in (("here", ()), ("here", ("-f", "mkdocs.yml")), (".", ("-f", "here/mkdocs.yml"))):
        out = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        done = run_command("opsbook", "generate", out, *options, folder=tmp_path / folder, environment=ENVIRONMENT)
        assert done.returncode == 0, done.stderr
        assert "2 practices" in (out / "docs/asks.md").read_text("utf-8")
