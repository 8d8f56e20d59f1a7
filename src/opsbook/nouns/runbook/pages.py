"""The page of each runbook, and the page on which somebody finds theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.nouns.checklist.model import Area
from opsbook.nouns.runbook.commands import command_html, output_html
from opsbook.nouns.runbook.handout import handout
from opsbook.nouns.runbook.header import AlertSeverity
from opsbook.nouns.runbook.model import Command, Part, Role, Runbook, Step
from opsbook.site import paths
from opsbook.site.kept import Keeper
from opsbook.site.page import NavEntry, Page, address
from opsbook.site.prose import page_prose
from opsbook.site.render import render
from opsbook.site.text import plain

OTHERS = 6
"""As many neighbours of one kind stand beside a runbook."""


def runbook_page(runbook: Runbook, handbook: Handbook) -> Page:
    """The page of one runbook: who it is for, the reader's values, then the steps."""
    path = paths.runbook_path(runbook)
    owner = handbook.owners[runbook.owner]
    body = render(
        "runbook/templates/runbook.md",
        path,
        runbook=runbook,
        owner=owner,
        services=_services(runbook, handbook),
        roles=_by_role,
        prose=page_prose,
        handout=handout(runbook, path, plain(owner.title)),
        paths=paths,
    )
    meta: dict[str, Any] = {
        "description": plain(f"{runbook.title}: {runbook.summary}"),
        "hide": ["navigation"],
        "related": _related(runbook, handbook),
        "search": {"boost": 2, "words": [plain(symptom) for symptom in runbook.symptoms]},
    }
    if runbook.alerts:
        meta["tags"] = list(runbook.alerts)
    return Page(path, plain(runbook.title), body, meta)


def runbooks_page(handbook: Handbook) -> Page:
    """All runbooks by the system that they are about, for the reader to filter."""
    used = {name for runbook in handbook.runbooks.values() for name in runbook.services}
    body = render(
        "runbook/templates/runbooks.md",
        paths.RUNBOOKS,
        count=len(handbook.runbooks),
        systems=by_system(handbook),
        severities=list(AlertSeverity),
        services=[service for service in handbook.services.services if service.id in used],
        every_service=[service.id for service in handbook.services.services],
        owners=handbook.owners,
        paths=paths,
    )
    meta = {"hide": ["navigation", "toc"], "description": "What to do when something is wrong, by system and symptom."}
    return Page(paths.RUNBOOKS, "All runbooks", body, meta)


def by_system(handbook: Handbook) -> Sequence[tuple[Area | None, Sequence[Runbook]]]:
    """The runbooks by the area of their first item, in the order of the checklist; those without one come last."""
    areas = list(handbook.checklist.areas)

    def place(runbook: Runbook) -> int:
        return areas.index(handbook.places[runbook.items[0]].area) if runbook.items else len(areas)

    ordered = sorted(most_urgent_first(handbook.runbooks.values()), key=place)
    return [(areas[at] if at < len(areas) else None, list(group)) for at, group in groupby(ordered, key=place)]


def most_urgent_first(runbooks: Iterable[Runbook]) -> Sequence[Runbook]:
    """`runbooks` by severity, then by title."""
    order = list(AlertSeverity)
    return sorted(runbooks, key=lambda runbook: (order.index(runbook.severity), plain(runbook.title).lower()))


def runbook_links(title: str, runbooks: Iterable[Runbook]) -> Mapping[str, Any]:
    """`runbooks` as neighbours of a page, under the heading `title`."""
    links = [{"title": plain(runbook.title), "url": address(paths.runbook_path(runbook))} for runbook in runbooks]
    return {"title": title, "links": links}


def runbook_entries(handbook: Handbook) -> tuple[NavEntry, ...]:
    """The navigation: all runbooks, then those of each system, then the alerts."""
    systems = by_system(handbook)
    sections = (
        NavEntry(
            plain(area.title) if area else "Everything else",
            children=tuple(NavEntry(plain(runbook.title), paths.runbook_path(runbook)) for runbook in runbooks),
        )
        for area, runbooks in systems
    )
    return (NavEntry("All runbooks", paths.RUNBOOKS), *sections, NavEntry("Alerts", paths.ALERTS))


def _by_role(step: Step, path: str, keeper: Keeper) -> Sequence[tuple[Role, Markup]]:
    by_role = groupby(step.parts, lambda part: part.role)
    return [(role, _markdown(role, list(parts), path, keeper)) for role, parts in by_role]


def _markdown(role: Role, parts: Sequence[Part], path: str, keeper: Keeper) -> Markup:
    """The parts of a step that are for `role`, a blank line between any two blocks."""
    label = "" if role is Role.DO else f"**{role.value.capitalize()}:**"
    blocks: list[str] = []
    for part in parts:
        if isinstance(part, Command):
            output = keeper.keep(output_html(part.output)) if part.output else ""
            blocks += [label, keeper.keep(command_html(part)), output]
        else:
            blocks.append(f"{label} {page_prose(part.markdown, path, keeper)}".strip())
        label = ""
    return Markup("\n\n".join(block for block in blocks if block))  # noqa: S704 - Markdown and tokens


def _services(runbook: Runbook, handbook: Handbook) -> list[tuple[str, str]]:
    """The title and the page of each service that it is about."""
    wanted = set(runbook.services)
    return [(each.title, paths.service_path(each)) for each in handbook.services.services if each.id in wanted]


def _related(runbook: Runbook, handbook: Handbook) -> list[Mapping[str, Any]]:
    """The neighbours: services, practices, and the other runbooks of the same services or, without any, items."""
    items = [handbook.places[item] for item in runbook.items]
    shared = set(runbook.services) or set(runbook.items)
    others = [
        other
        for other in most_urgent_first(handbook.runbooks.values())
        if other.id != runbook.id and shared & {*other.services, *other.items}
    ]
    services = [{"title": title, "url": address(path)} for title, path in _services(runbook, handbook)]
    practices = [{"title": plain(place.item.title), "url": address(paths.item_path(place))} for place in items]
    groups = [
        {"title": "Services", "links": services},
        runbook_links("See also", others[:OTHERS]),
        {"title": "Practices", "links": practices},
    ]
    return [group for group in groups if group["links"]]
