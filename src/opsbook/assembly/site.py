"""The handbook in, the whole site out: every page, every asset, the navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from opsbook.assembly.interface import interface
from opsbook.assembly.redirects import former_badges, redirects
from opsbook.graph import Handbook
from opsbook.nouns.alert.pages import alerts_page
from opsbook.nouns.api.pages import api_entries, api_pages
from opsbook.nouns.checklist.badges import badges
from opsbook.nouns.checklist.home import home_page
from opsbook.nouns.checklist.practices import area_page, item_page, practices_page
from opsbook.nouns.checklist.roadmap_pages import phase_page, roadmap_page
from opsbook.nouns.drawing.pages import architecture_page, drawing_assets, drawing_page
from opsbook.nouns.macro.pages import macros_page
from opsbook.nouns.post_mortem.pages import post_mortem_entries, post_mortem_pages
from opsbook.nouns.runbook.pages import runbook_entries, runbook_page, runbooks_page
from opsbook.nouns.service.pages import service_entries, service_page, services_page
from opsbook.nouns.term.pages import glossary_page
from opsbook.nouns.track.pages import onboarding_entries, onboarding_pages
from opsbook.problems import Problem, ProblemsError
from opsbook.site import paths
from opsbook.site.page import Asset, Entry, Page
from opsbook.site.text import plain
from opsbook.source.guard import collecting, reading

CHECKLIST = "checklist.yml"
SERVICES = "services.yml"
P = TypeVar("P", Page, Asset)


T = TypeVar("T")
Plan = tuple[str, Callable[[], Iterable[T]]]
"""The file that something is made of, and what makes it."""


@dataclass(frozen=True)
class Site:
    """All that is generated. `owners` are the files that pages and assets are made of, by their paths."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    navigation: tuple[Entry, ...]
    owners: Mapping[str, str] = field(default_factory=dict)


def make_site(handbook: Handbook) -> Site:
    """The site of `handbook`. Raises ProblemsError with the file of each page that could not be made."""
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    pages = tuple(_made(_pages(handbook), owners, problems))
    assets = tuple(_made(_assets(handbook), owners, problems))
    navigation: tuple[Entry, ...] = ()
    with collecting(CHECKLIST, problems):
        navigation = _navigation(handbook)
    if problems:
        raise ProblemsError(problems)
    return Site(pages, assets, navigation, owners)


def _made(plans: Iterable[Plan[P]], owners: dict[str, str], problems: list[Problem]) -> Iterator[P]:
    """What the plans make. What fails is a problem of its file, and the rest is made all the same."""
    for file, make in plans:
        things: list[P] = []
        with reading(file, problems):
            things += make()
        owners.update((thing.path, file) for thing in things if thing.path not in owners)
        yield from things


def _assets(handbook: Handbook) -> Iterator[Plan[Asset]]:
    yield CHECKLIST, lambda: _badges(handbook)
    yield CHECKLIST, lambda: redirects(handbook)
    for drawing in handbook.drawings.values():
        yield drawing.script, partial(drawing_assets, drawing, handbook)


def _badges(handbook: Handbook) -> Iterator[Asset]:
    drawn = tuple(badges(handbook))
    yield from (*drawn, *former_badges(handbook, drawn))


def _pages(handbook: Handbook) -> Iterator[Plan[Page]]:
    """Every page, in the order of the site."""
    checklist = handbook.checklist
    yield CHECKLIST, lambda: [home_page(handbook), practices_page(handbook)]
    for area in checklist.areas:
        yield CHECKLIST, _one(area_page, area, handbook)
    for place in handbook.places.values():
        guide = handbook.guides.get(place.item.id)
        yield f"docs/{guide.path}" if guide else CHECKLIST, _one(item_page, place, handbook)
    yield CHECKLIST, _one(roadmap_page, handbook)
    for phase in checklist.phases:
        yield CHECKLIST, _one(phase_page, phase, handbook)
    yield "runbooks", _one(runbooks_page, handbook)
    for runbook in handbook.runbooks.values():
        yield runbook.path, _one(runbook_page, runbook, handbook)
    yield "runbooks", _one(alerts_page, handbook)
    yield SERVICES, _one(services_page, handbook)
    for service in handbook.services.services:
        yield SERVICES, _one(service_page, service, handbook)
    yield "docs/api", lambda: api_pages(handbook)
    yield "diagrams", _one(architecture_page, handbook)
    for drawing in handbook.drawings.values():
        yield drawing.script, _one(drawing_page, drawing, handbook)
    yield "post-mortems", lambda: post_mortem_pages(handbook)
    yield "docs/onboarding", lambda: onboarding_pages(handbook)
    if handbook.glossary:
        yield "docs/glossary.yml", _one(glossary_page, handbook)
    if handbook.macros:
        yield handbook.macro_settings.file, _one(macros_page, handbook, interface())


def _one(make: Callable[..., Page], *arguments: object) -> Callable[[], Iterable[Page]]:
    return lambda: [make(*arguments)]


def _navigation(handbook: Handbook) -> tuple[Entry, ...]:
    checklist = handbook.checklist
    areas = tuple(
        Entry(
            plain(area.title),
            children=(
                Entry(plain(area.title), paths.area_path(area)),
                *(Entry(plain(item.title), paths.item_path(handbook.places[item.id])) for item in area.walk()),
            ),
        )
        for area in checklist.areas
    )
    phases = tuple(Entry(plain(phase.title), paths.phase_path(phase)) for phase in checklist.phases)
    drawings = tuple(Entry(plain(drawing.title), paths.drawing_path(drawing)) for drawing in handbook.drawings.values())
    return (
        Entry("Home", paths.HOME),
        Entry("Practices", children=(Entry("All practices", paths.PRACTICES), *areas)),
        Entry("Roadmap", children=(Entry("Roadmap", paths.ROADMAP), *phases)),
        Entry("Runbooks", children=runbook_entries(handbook)),
        Entry("Services", children=service_entries(handbook)),
        *api_entries(handbook),
        Entry("Architecture", children=(Entry("Architecture", paths.ARCHITECTURE), *drawings)),
        post_mortem_entries(handbook),
        onboarding_entries(handbook),
        *([Entry("Glossary", paths.GLOSSARY)] if handbook.glossary else []),
        *([Entry("Macros", paths.MACROS)] if handbook.macros else []),
    )
