"""The list of all items, the page of each area and the page of each item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opsbook.graph import Handbook, Place
from opsbook.nouns.checklist.model import Area, Group, Item, Status
from opsbook.nouns.checklist.progress import Progress, progress
from opsbook.nouns.runbook.pages import runbook_links
from opsbook.site import paths
from opsbook.site.page import Page, address
from opsbook.site.render import render
from opsbook.site.text import plain


def practices_page(handbook: Handbook) -> Page:
    """All items as one list that the reader filters."""
    body = render(
        "checklist/templates/practices.md",
        paths.PRACTICES,
        handbook=handbook,
        checklist=handbook.checklist,
        places=handbook.places.values(),
        statuses=list(Status),
        overall=progress(handbook.checklist.walk()),
        paths=paths,
    )
    meta = {"hide": ["toc"], "description": "Every practice, with its status, phase and owner."}
    return Page(paths.PRACTICES, "All practices", body, meta)


def area_page(area: Area, handbook: Handbook) -> Page:
    """The page of one area: its progress, then its items in file order."""
    path = paths.area_path(area)
    counts = progress(area.walk())
    sections: list[tuple[Group | None, tuple[Item, ...], Progress]] = []
    if area.items:
        sections.append((None, area.items, counts))
    sections += [(group, group.items, progress(group.walk())) for group in area.groups]
    body = render(
        "checklist/templates/area.md",
        path,
        area=area,
        handbook=handbook,
        counts=counts,
        sections=sections,
        paths=paths,
    )
    meta = {"description": plain(area.summary or area.title)}
    return Page(path, plain(area.title), body, meta)


def item_page(place: Place, handbook: Handbook) -> Page:
    """The page of one item: its state in a line, then its guide."""
    path = paths.item_path(place)
    guide = handbook.guides.get(place.item.id)
    body = render(
        "checklist/templates/item.md",
        path,
        place=place,
        item=place.item,
        guide=guide.markdown if guide else None,
        guide_path=f"docs/{path}",
        owner=handbook.owner(place.item),
        parts=progress(place.item.items),
        handbook=handbook,
        paths=paths,
    )
    meta: dict[str, Any] = {"description": _description(place), "related": _related(place, handbook)}
    meta |= guide.meta if guide else {}
    return Page(path, plain(place.item.title), body, meta, source=guide.path if guide else None)


def _description(place: Place) -> str:
    return plain(f"{place.item.title}: why it matters, how to do it and how to verify it. {place.area.title}.")


def _related(place: Place, handbook: Handbook) -> list[Mapping[str, Any]]:
    """The neighbours at the right of the page, as headings and links."""
    groups: list[tuple[str, list[Item]]] = []
    if place.parent:
        groups.append(("Part of", [place.parent]))
    if place.item.items:
        groups.append(("Parts", list(place.item.items)))
    related = [_links(title, [handbook.places[item.id] for item in items]) for title, items in groups]
    if runbooks := [each for each in handbook.runbooks.values() if place.item.id in each.items]:
        related.append(runbook_links("Runbooks", runbooks))
    if drawings := handbook.drawings_by_item.get(place.item.id):
        links = [{"title": plain(each.title), "url": address(paths.drawing_path(each))} for each in drawings]
        related.append({"title": "Drawings", "links": links})
    return related


def _links(title: str, places: list[Place]) -> Mapping[str, Any]:
    return {
        "title": title,
        "links": [{"title": plain(place.item.title), "url": address(paths.item_path(place))} for place in places],
    }
