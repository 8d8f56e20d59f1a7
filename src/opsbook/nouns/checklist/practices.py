"""Make the list of all items, the page of each area and the page of each item."""

from __future__ import annotations

from typing import Any

from opsbook.graph import Graph
from opsbook.nouns.checklist.choices import choices
from opsbook.nouns.checklist.model import (
    Area,
    Checklist,
    Group,
    Item,
    ItemLink,
    Place,
    Progress,
    Status,
    item_owner,
    progress,
)
from opsbook.nouns.checklist.model.coverage import standard_by_control
from opsbook.nouns.checklist.model.roadmap import phase_number
from opsbook.nouns.checklist.standards import control_path
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.page.model import pages_folder
from opsbook.site.language import site_language
from opsbook.site.page import Page
from opsbook.site.related import RelatedGroup, related
from opsbook.site.render import render
from opsbook.site.text import plain
from opsbook.site.words import N_


def practices_page(graph: Graph) -> Page:
    """Return the list of all items, for the reader to filter."""
    standards = standard_by_control(graph.one(Checklist))
    body = render(
        "checklist/templates/practices.md",
        graph.index("area"),
        graph,
        checklist=graph.one(Checklist),
        places=graph.all(Place),
        owner_of=item_owner,
        statuses=list(Status),
        choices=list(choices(graph.one(Checklist))),
        standards_of=lambda item: list(dict.fromkeys(standards[id] for id in item.maps if id in standards)),
        overall=progress(graph.one(Checklist).walk()),
    )
    language = site_language(graph)
    description = language.gettext("Every practice, with its status, phase and owner.")
    meta = {"hide": ["toc"], "description": description}
    return Page(graph.index("area"), language.gettext("All practices"), body, meta)


def area_page(area: Area, graph: Graph) -> Page:
    """Return the page of one area: its progress, then its items in file order."""
    path = graph.path(area)
    counts = progress(area.walk())
    sections: list[tuple[Group | None, tuple[Item, ...], Progress]] = [
        (group, group.items, progress(group.walk())) for group in area.groups
    ]
    if area.items:
        sections.insert(0, (None, area.items, counts))
    body = render(
        "checklist/templates/area.md",
        path,
        graph,
        area=area,
        counts=counts,
        sections=sections,
        owner_of=item_owner,
    )
    meta = {"description": plain(area.summary or area.title), "related": related(area, graph), "lists_section": True}
    return Page(path, plain(area.title), body, meta)


def item_page(place: Place, graph: Graph) -> Page:
    """Return the page of one item: its state in a line, then its guide."""
    path = graph.path(place)
    guide = graph.by_id(Guide).get(place.item.id)
    body = render(
        "checklist/templates/item.md",
        path,
        graph,
        place=place,
        item=place.item,
        guide=guide.markdown if guide else None,
        guide_path=guide.file if guide else f"{pages_folder(graph)}/{path}",
        owner=item_owner(place, graph),
        owner_of=item_owner,
        number=phase_number(graph.one(Checklist), place.phase) if place.phase else 0,
        parts=progress(place.item.items),
        links=[(_link_title(link, graph), link) for link in place.item.links],
        control_path=control_path,
    )
    meta: dict[str, Any] = {"description": _description(place, graph), "related": _related(place, graph)}
    if words := [*place.item.tags, *place.item.maps]:
        meta["search"] = {"words": words}
    meta |= guide.meta if guide else {}
    return Page(path, plain(place.item.title), body, meta, source=guide.path if guide else None)


def _description(place: Place, graph: Graph) -> str:
    """Return the first paragraph of the item's text, or else what its guide is about."""
    if place.item.text:
        return plain(place.item.text.partition("\n\n")[0])
    said = site_language(graph).gettext(
        "%(title)s: why it matters, how to do it and how to verify it. %(area)s.",
        title=place.item.title,
        area=place.area.title,
    )
    return plain(said)


def _link_title(link: ItemLink, graph: Graph) -> str:
    """Return what the link says: its own title, that of the page that it leads to, or else where it leads."""
    target = link.target
    page = graph.find("page", target) if link.page else None
    return link.title or (page.title if page else target)


def _related(place: Place, graph: Graph) -> list[RelatedGroup]:
    """Return the related pages at the right of the page."""
    item, nodes = place.item, graph.nodes("item")
    return related(
        place,
        graph,
        (N_("Part of"), [nodes[place.parent.id]] if place.parent else []),
        (N_("Parts"), [nodes[part.id] for part in item.items]),
        shown=("phase",),
    )
