"""The post-mortems of this repository."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page as Tab

from conftest import Pages
from opsbook.nouns.post_mortem.model import load_template
from reader_clock import open_on


def test_the_template_of_this_repository_is_the_one_that_the_engine_ships(root: Path) -> None:
    assert (root / "post-mortems" / "template.md").read_text("utf-8") == load_template(Path("none"), "none")


def test_the_index_shows_the_durations_of_each_in_words_and_as_a_picture(site: Path) -> None:
    text = (site / "post-mortems" / "index.html").read_text("utf-8")
    assert "<dd>under 1 min</dd>" in text
    assert "<dd>17 h 33 min</dd>" in text
    assert "<dd>18 h 47 min</dd>" in text
    label = "detected after under 1 min, mitigated after 17 h 33 min, resolved after 18 h 47 min"
    assert f'role="img" aria-label="{label}"' in text


def overdue(shown: Tab, day: str) -> list[str]:
    open_on(shown, day)
    rows = shown.locator("tbody tr", has=shown.locator(".ob-overdue:visible"))
    shown.wait_for_timeout(200)
    return [text.split()[0] for text in rows.locator("time").all_inner_texts()]


def test_an_action_is_marked_overdue_by_the_day_of_the_reader(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/post-mortems/actions/")
    assert overdue(shown, "2026-12-04") == []
    assert overdue(shown, "2026-12-05") == ["2026-12-04"]
    assert overdue(shown, "2026-12-19") == ["2026-12-04", "2026-12-11", "2026-12-18"]
