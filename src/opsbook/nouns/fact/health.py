"""Tell which facts are to be compared with their sources, and when."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.fact.model import Fact
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.words import N_


def health(graph: Graph) -> Iterator[HealthEntry]:
    """Yield the review of each fact."""
    for fact in graph.all(Fact):
        node = graph.node(fact)
        yield HealthEntry(
            topic=Topic.REVIEWS,
            title=fact.title,
            target=graph.path(fact),
            file=node.file,
            line=node.line,
            note=N_("fact"),
            details=(fact.value,),
            day=fact.review_due,
            rank=1,
        )
