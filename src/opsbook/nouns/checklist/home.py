"""The dashboard: where the work stands, what comes next, and the way in for whoever is in a hurry."""

from __future__ import annotations

from opsbook.graph import Handbook, Place
from opsbook.nouns.checklist.model import Status
from opsbook.nouns.checklist.progress import progress
from opsbook.nouns.checklist.roadmap import current_phase, phase_items
from opsbook.nouns.runbook.model import Runbook
from opsbook.nouns.runbook.pages import most_urgent_first
from opsbook.site import paths
from opsbook.site.page import Page
from opsbook.site.render import render
from opsbook.site.text import plain

NEXT_UP = 6
RUNBOOKS = 10
REVIEWED = 4


def home_page(handbook: Handbook) -> Page:
    """The page at the root of the site."""
    checklist = handbook.checklist
    phase = current_phase(checklist)
    body = render(
        "checklist/templates/home.md",
        paths.HOME,
        checklist=checklist,
        overall=progress(checklist.walk()),
        phase=phase,
        phase_number=checklist.phases.index(phase) + 1 if phase else 0,
        phase_progress=progress(phase_items(checklist, phase)) if phase else None,
        next_up=next_up(handbook),
        in_a_hurry=in_a_hurry(handbook),
        tracks=handbook.tracks.values(),
        reviewed=last_reviewed(handbook),
        areas=[(area, progress(area.walk()), paths.area_path(area)) for area in checklist.areas],
        paths=paths,
    )
    meta = {"hide": ["navigation", "toc"], "description": plain(checklist.description or checklist.title)}
    return Page(paths.HOME, plain(checklist.title), body, meta)


def next_up(handbook: Handbook) -> tuple[Place, ...]:
    """What to take next: the open items of the current phase, those in progress first."""
    phase = current_phase(handbook.checklist)
    items = phase_items(handbook.checklist, phase) if phase else tuple(handbook.checklist.walk())
    leaves = [item for item in items if not item.items]
    doing = [item for item in leaves if item.status is Status.DOING]
    todo = [item for item in leaves if item.status is Status.TODO]
    return tuple(handbook.places[item.id] for item in (*doing, *todo)[:NEXT_UP])


def last_reviewed(handbook: Handbook) -> tuple[Runbook, ...]:
    """The runbooks that were reviewed last, the latest first."""
    by_title = sorted(handbook.runbooks.values(), key=lambda runbook: runbook.title)
    return tuple(sorted(by_title, key=lambda runbook: runbook.reviewed, reverse=True)[:REVIEWED])


def in_a_hurry(handbook: Handbook) -> list[Runbook]:
    """The runbooks that the home page shows: the featured ones first, then the most urgent."""
    urgent = most_urgent_first(handbook.runbooks.values())
    return sorted(urgent, key=lambda runbook: not runbook.featured)[:RUNBOOKS]
