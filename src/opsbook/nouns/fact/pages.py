"""Make the page of the facts."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.fact.model import FILE, INDEX, Fact
from opsbook.nouns.fact.uses import using
from opsbook.nouns.kind import Plan, one
from opsbook.site.language import site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the page of the facts where there are any."""
    if graph.all(Fact):
        yield one(FILE, facts_page, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the entry of the facts in the navigation."""
    if graph.all(Fact):
        yield NavEntry(site_language(graph).gettext("Facts"), INDEX)


def facts_page(graph: Graph) -> Page:
    """Return the page of all facts by their titles: value, source, review, and the pages that use each."""
    facts = sorted(graph.all(Fact), key=lambda fact: (fact.title.casefold(), fact.id))
    uses = {fact.id: using(fact, graph) for fact in facts}
    body = render("fact/templates/facts.md", INDEX, graph, facts=facts, uses=uses)
    language = site_language(graph)
    description = language.gettext(
        "The versions, names, limits and schedules that pages repeat, with the source of each and the day of its last "
        "review."
    )
    return Page(INDEX, language.gettext("Facts"), body, {"description": description})
