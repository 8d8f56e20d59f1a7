"""Each kind of screen that a page has to fit, and what axe finds wrong on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from conftest import Pages


def violations(shown: Tab, context: str | None = None, **options: Any) -> list[str]:
    """Return each rule that `shown`, or what `context` selects of it, breaks, with the first element that does."""
    found = Axe().run(shown, context, options={"resultTypes": ["violations"], **options})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


FORGET_SCHEME = """
if (location.protocol !== "about:") {
  for (const key of Object.keys(localStorage)) if (key.endsWith("__palette")) localStorage.removeItem(key);
}
"""
"""The theme remembers the scheme that it was in, whatever the system of the reader says by then."""


def on_each_screen(
    page: Pages, address: str, *, widths: Sequence[int] = (390, 1440), script: str = ""
) -> Iterator[tuple[int, Tab]]:
    """Yield the page at `address`, loaded on a narrow and on a wide screen, in light and in dark, with the width.

    It is one tab that is loaded again: a browser profile for each screen costs three times as much.
    """
    shown: Tab | None = None
    for width, scheme in itertools.product(widths, ("light", "dark")):
        if shown is None:
            shown = page(address, width=width, script=FORGET_SCHEME + script)
        else:
            shown.evaluate("localStorage.clear()")
            shown.set_viewport_size({"width": width, "height": 900})
            shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            shown.goto(address, wait_until="load")
        named = "slate" if scheme == "dark" else "default"
        shown.locator(f"body[data-md-color-scheme={named}]").wait_for(state="attached")
        yield width, shown


def check_on_each_screen(page: Pages, address: str) -> None:
    """Fail where the page at `address` breaks a rule of accessibility, or is wider than its screen."""
    for width, shown in on_each_screen(page, address):
        assert violations(shown) == [], (width, address)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, address
