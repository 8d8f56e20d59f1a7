"""What has passed its day, by the clock of `check`, of the build and of the reader: before the day, on it, after it."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from commands import run_command
from conftest import Pages, Serve
from reader_clock import open_on
from screens import on_each_screen, violations
from small_site import CHECKLIST, ENVIRONMENT, write
from trial_runbook import FILES

WAIVED = CHECKLIST.replace(
    "        title: First\n",
    "        title: First\n        status: waived\n        waiver:\n          reason: Nothing is stored.\n"
    "          until: 2027-01-31\n",
)
DAYS = ("2027-01-30", "2027-01-31", "2027-02-01")
ENDED = (
    "checklist.yml:15:18: warning: this waiver ended on 2027-01-31; "
    "do what it put off, or give the reason for a new date"
)


def run(root: Path, day: str, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    epoch = str(int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp()))
    return run_command(program, *arguments, folder=root, environment={**ENVIRONMENT, "SOURCE_DATE_EPOCH": epoch})


def check(root: Path, day: str) -> subprocess.CompletedProcess[str]:
    return run(root, day, "opsbook", "check")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A site with a waiver, built on each of DAYS."""
    root = write(tmp_path_factory.mktemp("due"), {"checklist.yml": WAIVED})
    for day in DAYS:
        done = run(root, day, "mkdocs", "build", "--strict", "--site-dir", f"on-{day}")
        assert done.returncode == 0, done.stderr
        assert (f"INFO    -  {ENDED}" in done.stderr.splitlines()) == (day == DAYS[2])
    return [root / f"on-{day}" for day in DAYS]


@pytest.fixture(scope="module")
def address(sites: list[Path], serve: Serve) -> str:
    return serve(sites[0])


def test_check_warns_of_a_waiver_from_the_day_after_its_end(tmp_path: Path) -> None:
    root = write(tmp_path, {"checklist.yml": WAIVED})
    for day in DAYS:
        done = check(root, day)
        assert (done.returncode, done.stderr.splitlines()) == (0, [ENDED] if day == DAYS[2] else [])


def test_check_and_build_tell_of_the_reviews_and_waivers_of_runbooks_and_the_site_is_built(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    told = {
        "runbooks/trial.md:10:11: warning: the review was due on 2020-07-29; "
        "read it against the real system and set `reviewed` (review)",
        "runbooks/trial.md:19:60: warning: this waiver ended on 2030-01-01; "
        "mend the cause, or give the reason for a new date",
    }
    done = run(root, "2030-01-02", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert told <= {line.removeprefix("INFO    -  ") for line in done.stderr.splitlines()}
    # What the ended waiver accepted is a mistake again, but for `check` alone.
    done = check(root, "2030-01-02")
    assert done.returncode == 1
    assert told <= set(done.stderr.splitlines())
    assert " (tab)" in done.stderr


def test_the_pages_are_the_same_on_every_day(sites: list[Path]) -> None:
    first, *others = ({file.relative_to(site): file.read_bytes() for file in site.rglob("*.html")} for site in sites)
    assert others == [first, first]
    assert "1 of 3 done · 1 waived".encode() in first[Path("practices/index.html")]


def shows(shown: Tab) -> bool:
    shown.wait_for_timeout(200)
    signs = shown.locator(".ob-ended")
    assert signs.count() == 1
    return signs.is_visible() and signs.inner_text() == "waiver ended"


@pytest.mark.parametrize("path", ["practices/one/first/", "practices/one/", "practices/", "roadmap/phase-one/"])
def test_the_page_shows_it_by_the_clock_of_the_reader(address: str, page: Pages, path: str) -> None:
    shown = page(f"{address}/{path}", width=390)
    for day in DAYS:
        open_on(shown, day)
        assert shows(shown) == (day == DAYS[2])


def test_the_sign_is_readable_in_both_schemes_and_at_both_widths(address: str, page: Pages) -> None:
    for path in ("practices/one/first/", "practices/one/", "practices/"):
        for width, shown in on_each_screen(page, f"{address}/{path}"):
            open_on(shown, DAYS[2])
            shown.locator(".ob-ended").wait_for()
            assert violations(shown, ".ob-ended", runOnly=["color-contrast"]) == []
            assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
