"""Find which items each phase needs, and which phase is the current one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from opsbook.nouns.checklist.model.counting import progress
from opsbook.nouns.checklist.model.items import Item
from opsbook.nouns.checklist.model.phases import Goal, Phase
from opsbook.nouns.checklist.model.whole import Checklist


def goal_items(checklist: Checklist, goal: Goal) -> tuple[Item, ...]:
    """Return the items that `goal` needs, in file order; an area, group or parent stands for every item below it."""
    return _in_order(checklist, _needed(checklist, [goal]).values())


def phase_items(checklist: Checklist, phase: Phase) -> tuple[Item, ...]:
    """Return the items that belong to `phase`, in file order: those that its goals need and no earlier phase does."""
    before = itertools.takewhile(lambda each: each is not phase, checklist.phases)
    taken = _needed(checklist, (goal for each in before for goal in each.goals))
    wanted = _needed(checklist, phase.goals)
    return _in_order(checklist, (item for id, item in wanted.items() if id not in taken))


def phases_by_item(checklist: Checklist) -> Mapping[str, Phase]:
    """Return the phase of each item, by item id: the first that needs it."""
    found: dict[str, Phase] = {}
    for phase in checklist.phases:
        for id in _needed(checklist, phase.goals):
            found.setdefault(id, phase)
    return found


def _needed(checklist: Checklist, goals: Iterable[Goal]) -> Mapping[str, Item]:
    below = checklist.below
    return {item.id: item for goal in goals for id in goal.items for item in below.get(id, ())}


def _in_order(checklist: Checklist, items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: checklist.order[item.id]))


def current_phase(checklist: Checklist) -> Phase | None:
    """Return the first phase with something left to do, or the last one when nothing is left; None without phases."""
    for phase in checklist.phases:
        if not progress(phase_items(checklist, phase)).is_complete:
            return phase
    return checklist.phases[-1] if checklist.phases else None


def phase_number(checklist: Checklist, phase: Phase) -> int:
    """Return the number of `phase` in the roadmap, counted from 1."""
    return next(number for number, each in enumerate(checklist.phases, start=1) if each.id == phase.id)
