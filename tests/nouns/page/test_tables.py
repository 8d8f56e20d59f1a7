"""A wide table on a narrow screen, which scrolls in a frame of the theme."""

from __future__ import annotations

from pathlib import Path

from conftest import Pages, Serve
from screens import violations
from small_site import built, write

WIDE = "\n".join(
    f"| {' | '.join(cells)} |"
    for cells in ([f"environment-{at}" for at in range(5)], ["---"] * 5, [str(at) for at in range(5)])
)
TABLES = f"# Tables\n\n{WIDE}\n\nText.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_keys_reach_a_table_that_is_wider_than_the_screen_and_no_other(
    page: Pages, serve: Serve, tmp_path: Path
) -> None:
    tab = page(f"{serve(built(write(tmp_path, {'docs/tables.md': TABLES})))}/tables/", width=390)
    frames = tab.locator(".md-typeset__scrollwrap")
    frames.first.and_(tab.locator("[tabindex='0']")).wait_for()
    assert frames.last.get_attribute("tabindex") is None
    assert violations(tab) == []
    tab.set_viewport_size({"width": 4000, "height": 900})
    frames.first.and_(tab.locator(":not([tabindex])")).wait_for()
