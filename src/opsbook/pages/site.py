"""The handbook in, the whole site out: every page, every asset, the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.handbook.model import Handbook
from opsbook.pages import paths
from opsbook.pages.alerts import alerts_page
from opsbook.pages.apis import api_entries, api_pages
from opsbook.pages.architecture import architecture_page, drawing_assets, drawing_page
from opsbook.pages.badges import badges
from opsbook.pages.glossary import glossary_page
from opsbook.pages.home import home_page
from opsbook.pages.onboarding import onboarding_entries, onboarding_pages
from opsbook.pages.page import Asset, Entry, Page
from opsbook.pages.postmortems import post_mortem_entries, post_mortem_pages
from opsbook.pages.practices import area_page, item_page, practices_page
from opsbook.pages.redirects import former_badges, redirects
from opsbook.pages.reference import macros_page
from opsbook.pages.roadmap import phase_page, roadmap_page
from opsbook.pages.runbooks import runbook_entries, runbook_page, runbooks_page
from opsbook.pages.services import service_entries, service_page, services_page
from opsbook.pages.text import plain


@dataclass(frozen=True)
class Site:
    """All that is generated."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    navigation: tuple[Entry, ...]


def make_site(handbook: Handbook) -> Site:
    """The site of `handbook`."""
    return Site(tuple(_pages(handbook)), tuple(_assets(handbook)), _navigation(handbook))


def _assets(handbook: Handbook) -> Iterator[Asset]:
    drawn = tuple(badges(handbook))
    yield from (*drawn, *former_badges(handbook, drawn))
    yield from redirects(handbook)
    for drawing in handbook.drawings.values():
        yield from drawing_assets(drawing, handbook)


def _pages(handbook: Handbook) -> Iterator[Page]:
    checklist = handbook.checklist
    yield home_page(handbook)
    yield practices_page(handbook)
    for area in checklist.areas:
        yield area_page(area, handbook)
    for place in handbook.places.values():
        yield item_page(place, handbook)
    yield roadmap_page(handbook)
    for phase in checklist.phases:
        yield phase_page(phase, handbook)
    yield runbooks_page(handbook)
    for runbook in handbook.runbooks.values():
        yield runbook_page(runbook, handbook)
    yield alerts_page(handbook)
    yield services_page(handbook)
    for service in handbook.services.services:
        yield service_page(service, handbook)
    yield from api_pages(handbook)
    yield architecture_page(handbook)
    for drawing in handbook.drawings.values():
        yield drawing_page(drawing, handbook)
    yield from post_mortem_pages(handbook)
    yield from onboarding_pages(handbook)
    if handbook.glossary:
        yield glossary_page(handbook)
    if handbook.macros:
        yield macros_page(handbook)


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
