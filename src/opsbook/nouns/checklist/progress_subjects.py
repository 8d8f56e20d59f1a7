"""Whatever has progress: the whole, the areas, groups and phases, and the items that have parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opsbook.graph import Handbook
from opsbook.nouns.checklist.progress import Progress, progress
from opsbook.nouns.checklist.roadmap import phase_items
from opsbook.site import paths

OVERALL = "overall"


@dataclass(frozen=True)
class Subject:
    """Something that has progress, and the page that shows it."""

    title: str
    counts: Progress
    target: str
    has_badge: bool


def subjects(handbook: Handbook) -> Mapping[str, Subject]:
    """Every subject of `handbook` by its id; the whole is `overall`."""
    checklist = handbook.checklist
    found = {OVERALL: Subject(checklist.title, progress(checklist.walk()), paths.PRACTICES, True)}
    for area in checklist.areas:
        target = paths.area_path(area)
        found[area.id] = Subject(area.title, progress(area.walk()), target, True)
        for group in area.groups:
            found[group.id] = Subject(group.title, progress(group.walk()), f"{target}#{group.id}", False)
    for phase in checklist.phases:
        counts = progress(phase_items(checklist, phase))
        found[phase.id] = Subject(phase.title, counts, paths.phase_path(phase), True)
    for place in handbook.places.values():
        if place.item.items:
            found[place.item.id] = Subject(place.item.title, progress(place.item.items), paths.item_path(place), False)
    return found
