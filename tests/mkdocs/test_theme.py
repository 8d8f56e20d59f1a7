"""A replacement in the HTML of the theme is made, or the build says that it cannot be."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from small_site import CHECKLIST, CONFIG, write


def a_theme(folder: Path, part: str, old: str) -> None:
    """Put a package `material` into `folder` that is the installed one but for `old`, which its template lacks."""
    spec = importlib.util.find_spec("material")
    assert spec
    assert spec.origin
    link(Path(spec.origin).parent, folder / "material", Path("templates", part))
    file = folder / "material" / "templates" / part
    text = file.read_text("utf-8")
    assert old in text
    file.unlink()
    file.write_text(text.replace(old, ""), encoding="utf-8")


def build(root: Path) -> subprocess.CompletedProcess[str]:
    """Build in a process that starts anew, since which theme is found is decided when Python starts."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


def link(theirs: Path, ours: Path, changed: Path) -> None:
    """Fill `ours` with links to what is in `theirs`; the folders on the way to `changed` are folders of their own."""
    ours.mkdir(parents=True)
    for entry in theirs.iterdir():
        if entry.name == changed.parts[0] and entry.is_dir():
            link(entry, ours / entry.name, changed.relative_to(entry.name))
        else:
            (ours / entry.name).symlink_to(entry)


@pytest.mark.parametrize(
    ("part", "old"),
    [("partials/search.html", 'role="dialog"'), ("partials/path.html", "md-path"), ("base.html", "workers/")],
)
def test_a_theme_without_the_text_ends_the_build(
    part: str, old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_theme(tmp_path / "theme", part, old)
    (tmp_path / "site").mkdir()
    root = write(tmp_path / "site", {"checklist.yml": CHECKLIST, "mkdocs.yml": CONFIG})
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "theme"), os.environ.get("PYTHONPATH", "")]))
    done = build(root)
    assert done.returncode == 1, done.stderr
    said = f"Material for MkDocs {version('mkdocs-material')} does not say"
    (line,) = [line for line in done.stderr.splitlines() if said in line]
    assert f"in `{part}`, which Opsbook replaces; install a version of Material that this version" in line
    assert "Traceback" not in done.stderr
