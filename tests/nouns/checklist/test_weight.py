"""The page of an item weighs the same in a checklist of any size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from small_site import built, write


def site_with(folder: Path, count: int) -> Path:
    """A site with one area of `count` items."""
    folder.mkdir()
    items = "".join(f"      - {{id: item-{n:03}, title: Item {n:03}}}\n" for n in range(count))
    head = "title: Many\nareas:\n  - id: area\n    title: The area\n    items:\n"
    return built(write(folder, {"checklist.yml": head + items})) / "practices" / "area"


def beside(page: str) -> list[str]:
    """What the navigation shows of the area."""
    inside = page.split('aria-label="The area"', 1)[1].split("</nav>", 1)[0]
    return re.findall(r'class="md-ellipsis">((?:Item|The area \()[^<]*)<', inside)


def test_an_item_page_does_not_grow_with_the_items_beside_it(tmp_path: Path) -> None:
    small, large = (site_with(tmp_path / str(count), count) for count in (100, 250))
    pages = [(folder / "item-050" / "index.html").read_text("utf-8") for folder in (small, large)]
    assert abs(len(pages[0]) - len(pages[1])) < 20
    shown = beside(pages[1])
    assert (shown[0], shown[-1]) == ("The area (250)", "The area (250)")
    assert shown[1:-1] == [f"Item {number:03}" for number in range(30, 71)]
    first = beside((large / "index.html").read_text("utf-8"))
    assert first == [*(f"Item {number:03}" for number in range(40)), "The area (250)"]
    last = beside((large / "item-249" / "index.html").read_text("utf-8"))
    assert (last[0], last[1], last[-1]) == ("The area (250)", "Item 229", "Item 249")


@pytest.mark.parametrize("count", [1, 59])
def test_a_short_area_is_shown_whole(tmp_path: Path, count: int) -> None:
    page = (site_with(tmp_path / "site", count) / "item-000" / "index.html").read_text("utf-8")
    assert beside(page) == [f"Item {number:03}" for number in range(count)]
