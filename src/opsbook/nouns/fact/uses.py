"""Find the pages that use a fact: those that call it by the macro, and those that write its value."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from opsbook.graph import Graph, GraphNode
from opsbook.nouns.fact.literals import literals
from opsbook.nouns.fact.model import Fact
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.page.model import WrittenPage
from opsbook.nouns.runbook.model import ParsedRunbook

_CALL = re.compile(r"\bfact\s*\(\s*(?:id\s*=\s*)?[\"'](?P<id>[^\"'\n]+)[\"']")


def using(fact: Fact, graph: Graph) -> tuple[GraphNode, ...]:
    """Return the practices, runbooks and hand-written pages that use `fact`, in that order."""
    found = {
        node.key: node
        for node, text in _texts(graph)
        if fact.id in _called(text) or any(True for _ in literals(fact, text))
    }
    return tuple(found.values())


@functools.lru_cache(maxsize=1024)
def _called(text: str) -> frozenset[str]:
    """Return the ids of the facts that the macro is called with in `text`."""
    return frozenset(call["id"] for call in _CALL.finditer(text)) if "fact" in text else frozenset()


def _texts(graph: Graph) -> Iterator[tuple[GraphNode, str]]:
    for guide in graph.all(Guide):
        if (item := graph.find("item", guide.item)) and item.path:
            yield item, guide.markdown
    yield from ((graph.node(source.runbook), source.page.body) for source in graph.all(ParsedRunbook))
    yield from ((graph.node(page), page.markdown) for page in graph.all(WrittenPage))
