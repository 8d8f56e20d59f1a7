"""What the tests do with the page of a runbook in a browser."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from conftest import Pages


def opened(page: Pages, url: str, **screen: Any) -> Tab:
    """The page at `url` with its scripts at work, which come after it has loaded."""
    tab = page(url, **screen)
    tab.locator(".ob-copy").first.wait_for()
    return tab


def pasted(tab: Tab) -> str:
    """What is on the clipboard."""
    tab.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    tab.locator("#paste").focus()
    tab.keyboard.press("Control+V")
    text = tab.locator("#paste").input_value()
    tab.evaluate("document.querySelector('#paste').remove()")
    return text


COPIED = re.compile("^(Copied|Kopiert)$")
"""What the button says, in the languages of the sites that tests build."""


def frames(tab: Tab) -> Locator:
    """The frames of commands, those of other blocks left out."""
    return tab.locator('[data-ob-command]:not([data-ob-command=""])')


def copied(tab: Tab, frame: Locator) -> str:
    """What the button of `frame` gives, after a yes where it asks."""
    frame.locator(".ob-copy").click()
    if frame.locator(".ob-button--danger").count():
        frame.locator(".ob-button--danger").click()
    frame.get_by_text(COPIED).wait_for()
    return pasted(tab)
