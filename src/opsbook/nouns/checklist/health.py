"""Tell which practices have no owner, are done without evidence, or are waived for a time."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Area, Place, Status, item_owner
from opsbook.nouns.checklist.model.vocabulary import by_priority
from opsbook.nouns.checklist.model.whole import Checklist
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.words import N_


def health(graph: Graph) -> Iterator[HealthEntry]:
    """Yield an entry for each area with practices that nobody owns, and those of the practices."""
    for area in graph.all(Area):
        unowned = [item for item in area.walk() if not item_owner(graph.by_id(Place)[item.id], graph)]
        if unowned:
            node = graph.node(area)
            yield HealthEntry(
                topic=Topic.OWNERS,
                title=area.title,
                target=graph.path(area),
                file=node.file,
                line=node.line,
                note=N_("practices without an owner"),
                details=(str(len(unowned)),),
                rank=-len(unowned),
            )
    checklist = graph.one(Checklist)
    for rank, item in enumerate(by_priority(checklist, tuple(checklist.walk()))):
        place = graph.by_id(Place)[item.id]
        node = graph.node(place)
        if item.waiver:
            topic, day, details = Topic.WAIVERS, item.waiver.until, (item.waiver.reason,)
        elif item.written is Status.DONE and not item.evidence:
            topic, day, details = Topic.UNPROVEN, None, (place.area.title,)
        else:
            continue
        yield HealthEntry(
            topic=topic,
            title=item.title,
            target=graph.path(place),
            file=node.file,
            line=node.line,
            note=N_("practice"),
            details=details,
            day=day,
            rank=rank,
        )
