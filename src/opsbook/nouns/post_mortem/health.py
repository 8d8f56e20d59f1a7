"""Tell which actions are open after incidents, and which post-mortems are still drafts."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Owner
from opsbook.nouns.post_mortem.model import Action, IncidentSeverity, PostMortem
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.words import N_


def health(graph: Graph) -> Iterator[HealthEntry]:
    """Yield each open action, and each draft."""
    for post_mortem in graph.all(PostMortem):
        yield from (_action(action, post_mortem, graph) for action in post_mortem.actions if action.is_open)
        if post_mortem.draft:
            yield HealthEntry(
                topic=Topic.DRAFTS,
                title=post_mortem.title,
                target=graph.path(post_mortem),
                file=post_mortem.path,
                note=N_("post-mortem"),
                rank=_rank(post_mortem),
            )


def _action(action: Action, post_mortem: PostMortem, graph: Graph) -> HealthEntry:
    owner = graph.by_id(Owner).get(action.owner)
    return HealthEntry(
        topic=Topic.ACTIONS,
        title=action.title,
        target=graph.path(post_mortem),
        file=post_mortem.path,
        details=(owner.title if owner else action.owner, post_mortem.title),
        day=action.due,
        since=post_mortem.times.started.date(),
        rank=_rank(post_mortem),
    )


def _rank(post_mortem: PostMortem) -> int:
    return list(IncidentSeverity).index(post_mortem.severity)
