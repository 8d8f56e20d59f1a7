"""The package as others get it: the wheel, installed alone, beside somebody else's checklist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from search_entries import search_entries

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
PAGE = "---\nrender_macros: true\n---\n# How far\n\n{{ progress() }}\n\n{{ commands() }} {{ plugin_options() }}\n"
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
    # Where the tests themselves were found has to be no help.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**inherited, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600"}
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
    (folder / "docs/page.md").write_text(PAGE, encoding="utf-8")
    run(str(programs / "python"), "-m", "mkdocs", "build", "--strict", cwd=folder)
    return folder / "site"


def test_the_wheel_is_what_runs_and_not_this_folder(programs: Path) -> None:
    where = run(str(programs / "python"), "-c", "import opsbook; print(opsbook.__file__)", cwd=programs)
    assert Path(where.strip()).is_relative_to(programs.parent)


def test_the_wheel_holds_the_package_and_nothing_that_checks_it(programs: Path) -> None:
    (wheel,) = programs.parents[1].glob("opsbook-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"opsbook"}
    assert [name for name in names if re.search(r"node_modules|package|tsconfig|biome|\.npmrc", name)] == []
    assert "opsbook/web/styles/tokens.css" in names


def test_every_title_of_a_foreign_checklist_has_a_page_that_search_finds(foreign_site: Path) -> None:
    found = {entry["location"]: entry["title"] for entry in search_entries(foreign_site)}
    assert {place: found.get(place) for place in TITLES} == TITLES
    assert [place for place in TITLES if not (foreign_site / place / "index.html").is_file()] == []


def test_a_foreign_checklist_gets_a_home_page_and_badges(foreign_site: Path) -> None:
    made = ("index.html", "404.html", "badges/overall.svg", "badges/overall.json", "badges/shipping.svg")
    assert [path for path in made if not (foreign_site / path).is_file()] == []


def test_the_macros_come_with_the_wheel(foreign_site: Path) -> None:
    page = (foreign_site / "page/index.html").read_text(encoding="utf-8")
    assert '<svg class="ob-bar" role="img"' in page
    assert "<code>opsbook check</code>" in page
    assert '<tr id="option-raw_html">' in page
    assert 'id="progress"' in (foreign_site / "reference/macros/index.html").read_text(encoding="utf-8")


def test_the_site_of_a_foreign_checklist_brings_its_styles_and_scripts(foreign_site: Path) -> None:
    home = (foreign_site / "index.html").read_text(encoding="utf-8")
    own = [path for path in re.findall(r'(?:href|src)="(assets/[^"#?]+)"', home) if "opsbook" in path]
    assert own
    assert [path for path in own if not (foreign_site / path).is_file()] == []


def test_the_wheel_holds_the_start_of_a_site(programs: Path, tmp_path: Path) -> None:
    run(str(programs / "opsbook"), "new", "site", cwd=tmp_path)
    (tmp_path / "site/diagrams/overview.py").unlink()  # The borrowed packages bring no programs, nor one that draws.
    assert "no problem found" in run(str(programs / "opsbook"), "check", "--strict", cwd=tmp_path / "site")
