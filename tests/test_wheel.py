"""The package as others get it: the wheel, installed alone, beside somebody else's checklist."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

CHECKLIST = """\
# Release readiness

## 🚢 Shipping

- [x] Version is tagged
- [ ] Notes are written
  - [ ] For users
  - [x] For operators

## Afterwards

### First day

- [ ] Error rate is watched
- [ ] Support knows what is new

## Priority

### Phase 1: Before (Week 1)
1. Version is tagged
2. Notes are written

### Phase 2: After (Week 2-3)
1. Error rate is watched
"""
TITLES = {
    "practices/shipping/version-is-tagged/": "Version is tagged",
    "practices/shipping/notes-are-written/": "Notes are written",
    "practices/shipping/users/": "For users",
    "practices/shipping/operators/": "For operators",
    "practices/afterwards/error-rate-is-watched/": "Error rate is watched",
    "practices/afterwards/support-knows-what-is-new/": "Support knows what is new",
    "roadmap/phase-before/": "Before",
    "roadmap/phase-after/": "After",
}


@pytest.fixture(scope="module")
def programs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel, and borrows what the wheel depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=root)
    (wheel,) = folder.glob("opsbook-*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", str(folder / "venv"), cwd=folder)
    python = folder / "venv/bin/python"
    options = ("install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", str(python), *options, str(wheel), cwd=folder)
    own = run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    # A folder that a .pth file names is searched, but its own .pth files are not read: the editable install of this
    # repository stays out.
    (Path(own) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python.parent


def run(*command: str, cwd: Path) -> str:
    """What a command printed; the test fails with all of it when the command does."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600"}
    environment.pop("PYTHONPATH", None)  # It would come before what is installed.
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="module")
def foreign_site(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a folder that held nothing but somebody's checklist in Markdown."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "CHECKLIST.md").write_text(CHECKLIST, encoding="utf-8")
    run(str(programs / "opsbook"), "import", "CHECKLIST.md", cwd=folder)
    (folder / "CHECKLIST.md").unlink()
    run(str(programs / "python"), "-m", "mkdocs", "build", "--strict", cwd=folder)
    return folder / "site"


def test_the_wheel_is_what_runs_and_not_this_folder(programs: Path) -> None:
    where = run(str(programs / "python"), "-c", "import opsbook; print(opsbook.__file__)", cwd=programs)
    assert Path(where.strip()).is_relative_to(programs.parent)


def test_every_title_of_a_foreign_checklist_has_a_page_that_search_finds(foreign_site: Path) -> None:
    index = json.loads((foreign_site / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry["title"] for entry in index["docs"]}
    assert {place: found.get(place) for place in TITLES} == TITLES
    assert [place for place in TITLES if not (foreign_site / place / "index.html").is_file()] == []


def test_a_foreign_checklist_gets_a_home_page_and_badges(foreign_site: Path) -> None:
    made = ("index.html", "404.html", "badges/overall.svg", "badges/overall.json", "badges/shipping.svg")
    assert [path for path in made if not (foreign_site / path).is_file()] == []


def test_the_site_of_a_foreign_checklist_brings_its_styles_and_scripts(foreign_site: Path) -> None:
    home = (foreign_site / "index.html").read_text(encoding="utf-8")
    own = [path for path in re.findall(r'(?:href|src)="(assets/[^"#?]+)"', home) if "opsbook" in path]
    assert own
    assert [path for path in own if not (foreign_site / path).is_file()] == []
