"""Make the page of each track, and the page on which newcomers find theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.page.model import pages_folder
from opsbook.nouns.track.model import Track
from opsbook.nouns.track.steps import TrackStep, track_minutes, track_stages
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.site.text import plain


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the list of tracks where there are any, then the page of each."""
    if graph.all(Track):
        yield one(f"{pages_folder(graph)}/onboarding", onboarding_page, graph)
    for track in graph.all(Track):
        yield one(track.path, track_page, track, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: the list, then each track."""
    each = (NavEntry(plain(track.title), graph.path(track)) for track in graph.all(Track))
    if graph.all(Track):
        title = site_language(graph).gettext("Onboarding")
        yield NavEntry(title, children=(NavEntry(title, graph.index("track")), *each))


def onboarding_page(graph: Graph) -> Page:
    """Return the page of all tracks, as cards."""
    body = render(
        "track/templates/onboarding.md",
        graph.index("track"),
        graph,
        tracks=[(track, track_minutes(track, graph)) for track in graph.all(Track)],
        time=reading_time,
    )
    language = site_language(graph)
    description = language.gettext("What to read and to do on day one, in week one and in month one, by role.")
    meta = {"hide": ["toc"], "description": description}
    return Page(graph.index("track"), language.gettext("Onboarding"), body, meta)


def track_page(track: Track, graph: Graph) -> Page:
    """Return the page of one track."""
    path = graph.path(track)
    body = render(
        "track/templates/track.md",
        path,
        graph,
        track=track,
        time=reading_time,
        stages=track_stages(track, graph),
        minutes=track_minutes(track, graph),
        anchor=step_anchor,
    )
    return Page(path, plain(track.title), body, {"description": plain(track.summary)}, source=path)


def step_anchor(step: TrackStep) -> str:
    """Return the anchor of a step on the page of its track.

    >>> step_anchor(TrackStep("page", "contribute/index.md", "", "", (), 1, ""))
    'page-contribute-index-md'
    """
    return re.sub(r"[^a-z0-9]+", "-", f"{step.kind}-{step.id}".lower()).strip("-")


def reading_time(minutes: int, language: SiteLanguage) -> str:
    """Return the minutes as a person writes them.

    >>> [reading_time(minutes, SiteLanguage()) for minutes in (4, 60, 125)]
    ['4 min', '1 h', '2 h 5 min']
    """
    hours, rest = divmod(minutes, 60)
    return language.duration(h=hours, min=rest) or language.gettext("no time")
