"""The roadmap and the page of each phase."""

from __future__ import annotations

from opsbook.graph import Handbook, Place
from opsbook.nouns.checklist.gantt import gantt
from opsbook.nouns.checklist.model import Goal, Phase
from opsbook.nouns.checklist.progress import Progress, progress
from opsbook.nouns.checklist.roadmap import goal_items, phase_items
from opsbook.site import paths
from opsbook.site.page import Page
from opsbook.site.render import render
from opsbook.site.text import plain


def roadmap_page(handbook: Handbook) -> Page:
    """All phases as a Gantt picture and as a list."""
    checklist = handbook.checklist
    body = render(
        "checklist/templates/roadmap.md",
        paths.ROADMAP,
        checklist=checklist,
        chart=gantt(checklist, {phase.id: paths.phase_path(phase) for phase in checklist.phases}, paths.ROADMAP),
        phases=[
            (phase, progress(phase_items(checklist, phase)), _goals(phase, handbook)) for phase in checklist.phases
        ],
        overall=progress(checklist.walk()),
        paths=paths,
    )
    meta = {"description": "The phases of the work, week by week, and how far each one is."}
    return Page(paths.ROADMAP, "Roadmap", body, meta)


def phase_page(phase: Phase, handbook: Handbook) -> Page:
    """The page of one phase: its goals and the items that each of them needs."""
    path = paths.phase_path(phase)
    body = render(
        "checklist/templates/phase.md",
        path,
        phase=phase,
        number=handbook.checklist.phases.index(phase) + 1,
        checklist=handbook.checklist,
        counts=progress(phase_items(handbook.checklist, phase)),
        goals=_goals(phase, handbook),
        handbook=handbook,
        paths=paths,
    )
    names = ", ".join(goal.title for goal in phase.goals)
    return Page(path, plain(phase.title), body, {"description": plain(f"{phase.title}: {names}")})


def _goals(phase: Phase, handbook: Handbook) -> list[tuple[Goal, Progress, list[Place]]]:
    goals = []
    for goal in phase.goals:
        items = goal_items(handbook.checklist, goal)
        places = [handbook.places[item.id] for item in items]
        goals.append((goal, progress(items), places))
    return goals
