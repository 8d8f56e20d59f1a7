"""The search box of the real site, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from conftest import Pages
from opsbook.assembly.load import load_handbook
from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.runbook.model import Runbook, alerts


@pytest.fixture(scope="module")
def graph(root: Path) -> Graph:
    return load_handbook(root, root / "docs").graph


@pytest.fixture(scope="module")
def box(browser: Browser, served_site: str) -> Iterator[Tab]:
    """A page with its search open, for many queries in a row."""
    pages = Pages(browser)
    shown = pages(f"{served_site}/")
    shown.locator("label[for=__search].md-header__button").dispatch_event("click")
    yield shown
    for context in pages.contexts:
        context.close()
    assert pages.errors == []
    assert pages.strangers == []


def found(box: Tab, words: str) -> list[str]:
    """The addresses of the hits for `words`, best first, without the site's own and without anchors."""
    field = box.locator("[data-md-component=search-query]")
    for text, said in (("", "Type to start"), (words, "matching document")):
        field.fill(text)
        field.dispatch_event("keyup")
        box.locator(".md-search-result__meta", has_text=said).wait_for()
    links = "links => links.map(link => new URL(link.href).pathname.slice(1))"
    return list(dict.fromkeys(box.locator(".md-search-result__link").evaluate_all(links)))


def test_every_practice_is_found_by_its_title(box: Tab, graph: Graph) -> None:
    lost = []
    for id, place in graph.by_id(Place).items():
        address = f"practices/{place.area.id}/{id}/"
        if address not in found(box, place.item.title.replace("`", ""))[:5]:
            lost.append(address)
    assert lost == []


def test_every_alert_has_its_runbook_as_the_first_hit_in_any_case(box: Tab, graph: Graph) -> None:
    wrong = {}
    for alert, runbook in alerts(graph).items():
        for words in (alert, alert.lower()):
            if (first := found(box, words)[:1]) != [f"runbooks/{runbook.id}/"]:
                wrong[words] = first
    assert wrong == {}


def test_every_runbook_is_found_by_what_somebody_sees(box: Tab, graph: Graph) -> None:
    lost = [
        (runbook.id, words)
        for runbook in graph.all(Runbook)
        for words in (runbook.title, *runbook.symptoms)
        if f"runbooks/{runbook.id}/" not in found(box, words.replace("`", ""))[:10]
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("filesystem avail", "runbooks/disk-filling-up/"),
        ("certificates expiring", "runbooks/certificate-expiring/"),
        ("crash looping", "runbooks/pod-crash-looping/"),
        ("kubepodcrash", "runbooks/pod-crash-looping/"),
        ("node not ready", "runbooks/node-not-ready/"),
        ("error budget", "practices/slo/error-budgets/"),
    ],
)
def test_the_words_that_people_type_lead_there(box: Tab, words: str, address: str) -> None:
    assert address in found(box, words)[:5]
