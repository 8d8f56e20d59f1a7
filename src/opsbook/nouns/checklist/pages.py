"""Make the pages and badges of the checklist, and its entries in the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.checklist.badges import all_badges
from opsbook.nouns.checklist.home import home_page
from opsbook.nouns.checklist.model import FILE, Area, Checklist, Phase, Place
from opsbook.nouns.checklist.model.coverage import covers_controls
from opsbook.nouns.checklist.practices import area_page, item_page, practices_page
from opsbook.nouns.checklist.roadmap_pages import phase_page, roadmap_page
from opsbook.nouns.checklist.standards import INDEX, standards_page
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.kind import Plan, one
from opsbook.site.language import site_language
from opsbook.site.page import HOME, Asset, NavEntry, Page
from opsbook.site.text import plain


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the home page, the areas and items, then the standards, the roadmap and its phases where there are any."""
    yield one(FILE, home_page, graph)
    yield one(FILE, practices_page, graph)
    for area in graph.all(Area):
        yield one(FILE, area_page, area, graph)
    guides = graph.by_id(Guide)
    for place in graph.all(Place):
        guide = guides.get(place.item.id)
        yield one(guide.file if guide else FILE, item_page, place, graph)
    if covers_controls(graph.one(Checklist)):
        yield one(FILE, standards_page, graph)
    if graph.all(Phase):
        yield one(FILE, roadmap_page, graph)
    for phase in graph.all(Phase):
        yield one(FILE, phase_page, phase, graph)


def assets(graph: Graph) -> Iterator[Plan[Asset]]:
    """Yield the badges of the whole, of each area and of each phase, under former ids too."""
    yield Plan(FILE, lambda: all_badges(graph))


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the home page, the areas with their items, the standards, and the roadmap with its phases."""
    language = site_language(graph)
    yield NavEntry(language.gettext("Home"), HOME)
    areas = (_area(area, graph) for area in graph.one(Checklist).areas)
    all_practices = NavEntry(language.gettext("All practices"), graph.index("area"))
    yield NavEntry(language.gettext("Practices"), children=(all_practices, *areas))
    if covers_controls(graph.one(Checklist)):
        yield NavEntry(language.gettext("Standards"), INDEX)
    if phases := graph.one(Checklist).phases:
        each = (NavEntry(plain(phase.title), graph.path(phase)) for phase in phases)
        title = language.gettext("Roadmap")
        yield NavEntry(title, children=(NavEntry(title, graph.index("phase")), *each))


def _area(area: Area, graph: Graph) -> NavEntry:
    items = graph.nodes("item")
    each = (NavEntry(plain(item.title), items[item.id].path) for item in area.walk())
    return NavEntry(plain(area.title), children=(NavEntry(plain(area.title), graph.path(area)), *each))
