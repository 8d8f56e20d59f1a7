"""The words that the search takes for meant where it does not know the one that was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from page_scripts import results
from small_site import built, write
from trial_runbook import FILES

TOLD = ["throttling", "imagepullbackoff", "certificate", "certificates", "limits", "pods", "größe", "сервис", "a:b*c"]
TEXT = ["lists", "throttled", "certificate-like", "prodcut"]
MEANT = {
    # Missing, too many, wrong, exchanged; first, middle and last.
    "thottling": ["throttling"],
    "throttlling": ["throttling"],
    "throtlting": ["throttling"],
    "xhrottling": ["throttling"],
    "hrottling": ["throttling"],
    "throttlign": ["throttling"],
    "throttlinx": ["throttling"],
    "imagepulbackoff": ["imagepullbackoff"],
    # Two of them in a long word, and none but the first in a short one.
    "imgaepulbackoff": ["imagepullbackoff"],
    "crtificat": ["certificate", "certificates"],
    "limtsx": [],
    # The beginning of a word that is still being typed.
    "imagepulb": ["imagepullbackoff"],
    "thott": ["throttling"],
    # What stands in text counts only where nothing else is near.
    "limts": ["limits"],
    "prodcat": ["prodcut"],
    "größr": ["größe"],
    "сервмс": ["сервис"],
    # Known, or the beginning of what is known.
    "throttling": [],
    "throttl": [],
    "certificate": [],
    # Short, and far from everything.
    "pdos": [],
    "qqqqqqqqqqqq": [],
    # An operator of the search is no word.
    "a:b*d": [],
}


def test_the_nearest_words_are_found(tmp_path: Path) -> None:
    found = results(tmp_path, "nearest.js", "nearest", [(word, [TOLD, TEXT]) for word in MEANT], of="workers")
    assert dict(zip(MEANT, found, strict=True)) == MEANT


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    return serve(built(write(tmp_path_factory.mktemp("searched"), FILES)))


def first_result(tab: Tab, words: str) -> str:
    """Where the best result for `words` leads, without what it hands on to mark them there."""
    field = tab.locator("[data-md-component=search-query]")
    field.fill("")
    tab.get_by_text("Type to start searching").wait_for()
    field.press_sequentially(words)
    tab.get_by_text("matching document").wait_for()
    address: str = tab.locator(".md-search-result__link").first.evaluate("link => new URL(link.href).pathname")
    return address


@pytest.mark.parametrize("slip", ["TrialLopping", "trialwaitng", "a trailwaiting", "+trialwaiting -other"])
def test_a_slip_in_the_name_of_an_alert_leads_to_its_runbook(slip: str, small_site: str, page: Pages) -> None:
    tab = page(f"{small_site}/")
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    assert first_result(tab, slip) == "/runbooks/trial/"
