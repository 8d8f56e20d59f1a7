"""Make the home page: the state of the work, what comes next, and the runbooks for whoever is in a hurry."""

from __future__ import annotations

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Checklist, Place, Status, progress
from opsbook.nouns.checklist.model.roadmap import current_phase, phase_items, phase_number
from opsbook.nouns.checklist.model.vocabulary import by_priority
from opsbook.nouns.runbook.model import Runbook, most_urgent_first
from opsbook.nouns.track.model import Track
from opsbook.site.page import HOME, Page
from opsbook.site.render import render
from opsbook.site.text import plain

NEXT_UP = 6
RUNBOOKS = 10
REVIEWED = 4


def home_page(graph: Graph) -> Page:
    """Return the page at the root of the site."""
    checklist = graph.one(Checklist)
    phase = current_phase(checklist)
    body = render(
        "checklist/templates/home.md",
        HOME,
        graph,
        checklist=checklist,
        overall=progress(checklist.walk()),
        phase=phase,
        phase_number=phase_number(checklist, phase) if phase else 0,
        phase_progress=progress(phase_items(checklist, phase)) if phase else None,
        next_up=next_up(graph),
        in_a_hurry=in_a_hurry(graph),
        tracks=graph.all(Track),
        reviewed=last_reviewed(graph),
        areas=[(area, progress(area.walk()), graph.path(area)) for area in checklist.areas],
    )
    meta = {"hide": ["navigation", "toc"], "description": plain(checklist.description or checklist.title)}
    return Page(HOME, plain(checklist.title), body, meta)


def next_up(graph: Graph) -> tuple[Place, ...]:
    """Return the items to take next: the open ones of the current phase, those in progress first, then by priority."""
    checklist = graph.one(Checklist)
    phase = current_phase(checklist)
    items = phase_items(checklist, phase) if phase else tuple(checklist.walk())
    leaves = [item for item in by_priority(checklist, items) if not item.items]
    doing = [item for item in leaves if item.status is Status.DOING]
    todo = [item for item in leaves if item.status is Status.TODO]
    return tuple(graph.by_id(Place)[item.id] for item in (*doing, *todo)[:NEXT_UP])


def last_reviewed(graph: Graph) -> tuple[Runbook, ...]:
    """Return the most recently reviewed runbooks, the latest first."""
    by_title = sorted(graph.all(Runbook), key=lambda runbook: runbook.title)
    dated = [(runbook.reviewed, runbook) for runbook in by_title if runbook.reviewed]
    return tuple(runbook for _, runbook in sorted(dated, key=lambda each: each[0], reverse=True)[:REVIEWED])


def in_a_hurry(graph: Graph) -> list[Runbook]:
    """Return the runbooks that the home page shows: the featured ones first, then the most urgent, drafts last."""
    urgent = most_urgent_first(graph.all(Runbook))
    return sorted(urgent, key=lambda runbook: (not runbook.featured, runbook.is_draft))[:RUNBOOKS]
