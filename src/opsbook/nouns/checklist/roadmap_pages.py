"""Write the roadmap and the page of each phase."""

from __future__ import annotations

from opsbook.graph import Graph
from opsbook.nouns.checklist.gantt import roadmap_chart
from opsbook.nouns.checklist.model import Checklist, Goal, Phase, Place, Progress, progress
from opsbook.nouns.checklist.model.roadmap import goal_items, phase_items, phase_number
from opsbook.site.language import site_language
from opsbook.site.page import Page
from opsbook.site.render import render
from opsbook.site.text import plain


def roadmap_page(graph: Graph) -> Page:
    """Return the page with all phases as a Gantt picture and as a list."""
    checklist = graph.one(Checklist)
    body = render(
        "checklist/templates/roadmap.md",
        graph.index("phase"),
        graph,
        checklist=checklist,
        chart=roadmap_chart(checklist, {phase.id: graph.path(phase) for phase in checklist.phases}),
        phases=[(phase, progress(phase_items(checklist, phase)), _goals(phase, graph)) for phase in checklist.phases],
        overall=progress(checklist.walk()),
    )
    language = site_language(graph)
    meta = {"description": language.gettext("The phases of the work, week by week, and how far each one is.")}
    return Page(graph.index("phase"), language.gettext("Roadmap"), body, meta)


def phase_page(phase: Phase, graph: Graph) -> Page:
    """Return the page of one phase: its goals and the items that each of them needs."""
    path = graph.path(phase)
    body = render(
        "checklist/templates/phase.md",
        path,
        graph,
        phase=phase,
        number=phase_number(graph.one(Checklist), phase),
        checklist=graph.one(Checklist),
        counts=progress(phase_items(graph.one(Checklist), phase)),
        goals=_goals(phase, graph),
    )
    names = ", ".join(goal.title for goal in phase.goals)
    return Page(path, plain(phase.title), body, {"description": plain(f"{phase.title}: {names}")})


def _goals(phase: Phase, graph: Graph) -> list[tuple[Goal, Progress, list[Place]]]:
    goals = []
    for goal in phase.goals:
        items = goal_items(graph.one(Checklist), goal)
        places = [graph.by_id(Place)[item.id] for item in items]
        goals.append((goal, progress(items), places))
    return goals
