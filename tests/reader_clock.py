"""The day of a reader: a page as it is on another day than that of the test."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

# The theme's scripts fail now and then on timers that are not the browser's own, so only the day is another.
SHIFTED = """{
    const Before = Date, ahead = Date.parse("DAYT12:00:00Z") - Date.now();
    globalThis.Date = class extends Before {
        constructor(...given) { if (given.length) super(...given); else super(Before.now() + ahead); }
        static now() { return Before.now() + ahead; }
    };
}"""


def open_on(shown: Tab, day: str) -> None:
    """Load the page again, at noon of `day`."""
    shown.add_init_script(SHIFTED.replace("DAY", day))
    shown.reload(wait_until="networkidle")
