"""The page of each track, and the page on which somebody new finds theirs."""

from __future__ import annotations

import re

from opsbook.graph import Handbook
from opsbook.nouns.track.model import Track, TrackStep
from opsbook.site import paths
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.site.text import plain


def onboarding_pages(handbook: Handbook) -> tuple[Page, ...]:
    """Every page of the tracks."""
    return (onboarding_page(handbook), *(track_page(track, handbook) for track in handbook.tracks.values()))


def onboarding_entries(handbook: Handbook) -> NavEntry:
    """The tracks in the navigation."""
    tracks = (NavEntry(plain(track.title), paths.track_path(track)) for track in handbook.tracks.values())
    return NavEntry("Onboarding", children=(NavEntry("Onboarding", paths.ONBOARDING), *tracks))


def onboarding_page(handbook: Handbook) -> Page:
    """All tracks as cards."""
    body = render(
        "track/templates/onboarding.md",
        paths.ONBOARDING,
        tracks=handbook.tracks.values(),
        time=reading_time,
        paths=paths,
    )
    meta = {"hide": ["toc"], "description": "What to read and to do on day one, in week one and in month one, by role."}
    return Page(paths.ONBOARDING, "Onboarding", body, meta)


def track_page(track: Track, handbook: Handbook) -> Page:
    """The page of one track."""
    path = paths.track_path(track)
    body = render(
        "track/templates/track.md",
        path,
        track=track,
        time=reading_time,
        target=lambda step: step_target(step, handbook),
        step_anchor=step_anchor,
        paths=paths,
    )
    return Page(path, plain(track.title), body, {"description": plain(track.summary)}, source=path)


def step_target(step: TrackStep, handbook: Handbook) -> str | None:
    """The source address that a step leads to; None where that is outside of the site."""
    match step.kind:
        case "page":
            return step.id
        case "item":
            return paths.item_path(handbook.places[step.id])
        case "runbook":
            return paths.runbook_path(handbook.runbooks[step.id])
        case "drawing":
            return paths.drawing_path(handbook.drawings[step.id])
        case "post-mortem":
            return paths.post_mortem_path(handbook.post_mortems[step.id])
    return None


def step_anchor(step: TrackStep) -> str:
    """The anchor of a step on its track's page.

    >>> step_anchor(TrackStep("page", "contribute/index.md", "", "", (), 1, ""))
    'page-contribute-index-md'
    """
    return re.sub(r"[^a-z0-9]+", "-", f"{step.kind}-{step.id}".lower()).strip("-")


def reading_time(minutes: int) -> str:
    """Minutes as a person says them.

    >>> reading_time(4), reading_time(60), reading_time(125)
    ('4 min', '1 h', '2 h 5 min')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )
