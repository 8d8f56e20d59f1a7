"""List whatever has progress: the whole checklist, its areas, groups and phases, and the items with sub-items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.checklist.model.counting import Progress, progress
from opsbook.nouns.checklist.model.places import Place
from opsbook.nouns.checklist.model.roadmap import phase_items
from opsbook.nouns.checklist.model.whole import Checklist

OVERALL = "overall"


@dataclass(frozen=True)
class Subject:
    """Something that has progress, and the page that shows it."""

    title: str
    counts: Progress
    target: str
    has_badge: bool


def subjects(graph: Graph) -> Mapping[str, Subject]:
    """Return every subject of `graph` by its id; the whole checklist is `overall`."""
    checklist = graph.one(Checklist)
    found = {OVERALL: Subject(checklist.title, progress(checklist.walk()), graph.index("area"), True)}
    for area in checklist.areas:
        target = graph.path(area)
        found[area.id] = Subject(area.title, progress(area.walk()), target, True)
        for group in area.groups:
            found[group.id] = Subject(group.title, progress(group.walk()), f"{target}#{group.id}", False)
    for phase in checklist.phases:
        counts = progress(phase_items(checklist, phase))
        found[phase.id] = Subject(phase.title, counts, graph.path(phase), True)
    for place in graph.all(Place):
        if place.item.items:
            found[place.item.id] = Subject(place.item.title, progress(place.item.items), graph.path(place), False)
    return found


def badge_path(id: str) -> str:
    """Return the address of the badge of an area, a phase or `overall`."""
    return f"badges/{id}.svg"
