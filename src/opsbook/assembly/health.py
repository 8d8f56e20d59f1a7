"""Make the page on the health of the handbook: what each noun says that a person should look at, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opsbook.assembly.kinds import KINDS
from opsbook.assembly.orphans import orphans
from opsbook.graph import Graph
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.page.model import WrittenPage
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.language import site_language
from opsbook.site.page import NavEntry, Page, destination
from opsbook.site.render import render

PART = "health"
PATH = "health.md"
MOST_SHOWN = 15
"""How many entries of a topic are shown at once; the others are behind a line that says how many they are."""


@dataclass(frozen=True)
class TopicList:
    """A topic and its entries, the gravest first."""

    topic: Topic
    entries: Sequence[HealthEntry]

    @property
    def anchor(self) -> str:
        """Return the anchor of its heading."""
        return self.topic.name.lower()

    @property
    def parts(self) -> tuple[Sequence[HealthEntry], Sequence[HealthEntry]]:
        """Return the entries that are shown at once, and the others."""
        return self.entries[:MOST_SHOWN], self.entries[MOST_SHOWN:]


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the page, unless a page of the site's own has its address under another name."""
    others = (page.path for page in graph.all(WrittenPage) if page.path != PATH)
    if destination(PATH) not in map(destination, others):
        yield one("checklist.yml", health_page, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the entry of the page in the navigation."""
    if any(True for _ in pages(graph)):
        yield NavEntry(site_language(graph).gettext("Health"), PATH)


def health_page(graph: Graph) -> Page:
    """Return the page: the counts, then a list for each topic with entries, then what is well."""
    lists = topic_lists(graph)
    language = site_language(graph)
    body = render("health.md", PATH, graph, lists=lists, most=MOST_SHOWN)
    description = language.gettext("What needs a look in this handbook: overdue, unowned, unproven, unfinished.")
    meta = {"hide": ["toc"], "description": description}
    return Page(PATH, language.gettext("Health"), body, meta)


def topic_lists(graph: Graph) -> tuple[TopicList, ...]:
    """Return the list of every topic, in the order of the topics."""
    found: dict[Topic, list[HealthEntry]] = {topic: [] for topic in Topic}
    for entry in (*(entry for kind in KINDS for entry in kind.health(graph)), *orphans(graph)):
        found[entry.topic].append(entry)
    return tuple(TopicList(topic, _gravest_first(entries)) for topic, entries in found.items())


def _gravest_first(entries: Iterable[HealthEntry]) -> Sequence[HealthEntry]:
    return sorted(entries, key=lambda entry: (entry.day or date.max, entry.rank, entry.title.casefold(), entry.file))
