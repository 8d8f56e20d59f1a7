"""The search box of the real site, in a real browser."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from conftest import Pages
from opsbook.assembly.load import draft_handbook
from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.runbook.model import Runbook, alerts


@pytest.fixture(scope="module")
def graph(root: Path) -> Graph:
    return draft_handbook(root, root / "docs").finish().graph


@pytest.fixture(scope="module")
def box(browser: Browser, searched_site: str) -> Iterator[Tab]:
    """A page with its search open, for many queries in a row."""
    pages = Pages(browser)
    shown = pages(f"{searched_site}/")
    shown.locator("label[for=__search].md-header__button").dispatch_event("click")
    yield shown
    for context in pages.contexts:
        context.close()
    assert pages.errors == []
    assert pages.strangers == []


ASK = """async (queries) => {
  const field = document.querySelector("[data-md-component=search-query]");
  const meta = document.querySelector(".md-search-result__meta");
  const ask = async (text, said) => {
    field.value = text;
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    while (!meta.textContent.includes(said)) await new Promise((done) => setTimeout(done, 2));
  };
  const found = [];
  for (const words of queries) {
    await ask("", "Type to start");
    await ask(words, "matching document");
    const links = [...document.querySelectorAll(".md-search-result__link")];
    found.push(links.map((link) => new URL(link.href).pathname.slice(1)));
  }
  return found;
}"""


def found(box: Tab, queries: Iterable[str]) -> dict[str, list[str]]:
    """The addresses of the hits for each of `queries`, best first, without the site's own and without anchors."""
    asked = list(queries)
    return {words: list(dict.fromkeys(hits)) for words, hits in zip(asked, box.evaluate(ASK, asked), strict=True)}


def test_every_practice_is_found_by_its_title(box: Tab, graph: Graph) -> None:
    asked = {
        f"practices/{place.area.id}/{id}/": place.item.title.replace("`", "")
        for id, place in graph.by_id(Place).items()
    }
    hits = found(box, dict.fromkeys(asked.values()))
    assert [address for address, words in asked.items() if address not in hits[words][:5]] == []


def test_every_alert_has_its_runbook_as_the_first_hit_in_any_case(box: Tab, graph: Graph) -> None:
    asked = {words: runbook for alert, runbook in alerts(graph).items() for words in (alert, alert.lower())}
    hits = found(box, asked)
    wrong = {
        words: hits[words][:1] for words, runbook in asked.items() if hits[words][:1] != [f"runbooks/{runbook.id}/"]
    }
    assert wrong == {}


def test_every_runbook_is_found_by_what_somebody_sees(box: Tab, graph: Graph) -> None:
    asked = [
        (runbook.id, words.replace("`", ""))
        for runbook in graph.all(Runbook)
        for words in (runbook.title, *runbook.symptoms)
    ]
    hits = found(box, dict.fromkeys(words for _, words in asked))
    assert [(id, words) for id, words in asked if f"runbooks/{id}/" not in hits[words][:10]] == []


def test_a_sample_of_what_people_type_leads_to_the_right_page(box: Tab, root: Path) -> None:
    """`bench/search/run.py` asks all of it, and counts."""
    kinds: dict[str, dict[str, list[str]]] = yaml.safe_load((root / "bench" / "search" / "queries.yml").read_text())
    asked = {query: right for queries in kinds.values() for query, right in list(queries.items())[::4]}
    hits = found(box, asked)
    lost = [query for query, right in asked.items() if not {page.strip("/") for page in hits[query][:3]} & {*right}]
    assert lost == []


TYPED = {
    "filesystem avail": "runbooks/disk-filling-up/",
    "certificates expiring": "runbooks/certificate-expiring/",
    "crash looping": "runbooks/pod-crash-looping/",
    "kubepodcrash": "runbooks/pod-crash-looping/",
    "node not ready": "runbooks/node-not-ready/",
    "error budget": "practices/slo/error-budgets/",
}
SLIPS = {
    "thottling": "runbooks/cpu-throttling/",
    "imagepulbackoff": "runbooks/image-pull-failing/",
    "KubePodCrashLoping": "runbooks/pod-crash-looping/",
    "cretificates expiring": "runbooks/certificate-expiring/",
    "filesystm avail": "runbooks/disk-filling-up/",
}


def test_the_words_that_people_type_lead_there(box: Tab) -> None:
    asked = {**TYPED, **SLIPS}
    hits = found(box, asked)
    assert {words: address for words, address in asked.items() if address not in hits[words][:5]} == {}


def test_a_wrong_letter_in_the_name_of_an_alert_costs_at_most_a_place_but_for_one_in_a_hundred(
    box: Tab, graph: Graph
) -> None:
    chance = random.Random(20261130)
    asked = {slipped(alert, chance): runbook for alert, runbook in alerts(graph).items()}
    hits = found(box, asked)
    lost = [words for words, runbook in asked.items() if f"runbooks/{runbook.id}/" not in hits[words][:2]]
    assert len(lost) * 100 <= len(asked), lost


def slipped(word: str, chance: random.Random) -> str:
    """Return `word` with one of its letters missing, too many, wrong, or exchanged with the next."""
    at, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return before + chance.choice([after, here + here + after, letter + after, after[0] + here + after[1:]])
