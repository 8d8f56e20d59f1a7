"""Make the page of each runbook, and the list in which readers find theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Area, Checklist, Owner, Place
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.page.model import source_links
from opsbook.nouns.post_mortem.model import TEMPLATE_PAGE
from opsbook.nouns.runbook.commands import command_html, output_html
from opsbook.nouns.runbook.handout import ROLES, handout
from opsbook.nouns.runbook.load import FOLDER
from opsbook.nouns.runbook.model import AlertSeverity, Command, Part, Role, Runbook, Step, alerts, most_urgent_first
from opsbook.nouns.runbook.rights import needs_of
from opsbook.nouns.service.model import Service, following_role
from opsbook.rights.model import rights_text
from opsbook.site.kept import Keeper
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.prose import SourceLinks, page_prose
from opsbook.site.related import RelatedGroup, related
from opsbook.site.render import render
from opsbook.site.text import plain
from opsbook.site.words import N_

OTHERS = 6
"""How many other runbooks are listed beside a runbook at most."""


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the list of runbooks where there are any, then the page of each."""
    if graph.all(Runbook):
        yield one(FOLDER, runbooks_page, graph)
    for runbook in graph.all(Runbook):
        yield one(runbook.path, runbook_page, runbook, graph)


def runbook_page(runbook: Runbook, graph: Graph) -> Page:
    """Return the page of one runbook: who owns it, the reader's values, then the steps."""
    path, links = graph.path(runbook), source_links(runbook.path, graph)
    owner = graph.by_id(Owner)[runbook.owner] if runbook.owner else None
    body = render(
        "runbook/templates/runbook.md",
        path,
        graph,
        runbook=runbook,
        owner=owner,
        services=[(each.title, graph.path(each)) for each in _services(runbook, graph)],
        post_mortem=TEMPLATE_PAGE,
        reader=following_role(runbook.role, graph),
        needs=partial(needs_of, runbook, graph=graph),
        rights_text=rights_text,
        roles=partial(_by_role, links=links, language=site_language(graph)),
        prose=partial(page_prose, links=links),
        handout=handout(runbook, path, graph, links),
    )
    meta: dict[str, Any] = {
        "description": plain(f"{runbook.title}: {runbook.summary}" if runbook.summary else runbook.title),
        "hide": ["navigation"],
        "related": _related(runbook, graph),
        "search": {"boost": 2, "trouble": True, "words": [plain(symptom) for symptom in runbook.symptoms]},
    }
    if tags := [*runbook.alerts, *(["draft"] if runbook.is_draft else [])]:
        meta["tags"] = tags
    return Page(path, plain(runbook.title), body, meta)


def runbooks_page(graph: Graph) -> Page:
    """Return the list of runbooks by the system that they are about, for the reader to filter."""
    used = {name for runbook in graph.all(Runbook) for name in runbook.services}
    body = render(
        "runbook/templates/runbooks.md",
        graph.index("runbook"),
        graph,
        count=len(graph.by_id(Runbook)),
        drafts=[runbook for runbook in graph.all(Runbook) if runbook.is_draft],
        systems=by_system(graph),
        severities=list(_severities(site_language(graph))),
        severity_key=partial(severity_key, language=site_language(graph)),
        services=[service for service in graph.all(Service) if service.id in used],
        every_service=[service.id for service in graph.all(Service)],
        owners=graph.by_id(Owner),
    )
    language = site_language(graph)
    description = language.gettext("What to do when something is wrong, by system and symptom.")
    meta = {"hide": ["navigation", "toc"], "description": description}
    return Page(graph.index("runbook"), language.gettext("All runbooks"), body, meta)


def severity_key(runbook: Runbook, language: SiteLanguage) -> str:
    """Return the word by which the list is filtered for the severity of `runbook`."""
    if not runbook.severity:
        return ""
    word = runbook.severity.value
    return _key(runbook.severity_name or language.names.shown("severities", word) or word)


def _key(name: str) -> str:
    """Return `name` for the address of a filter, in which a comma stands between two words."""
    return "-".join(name.replace(",", " ").split())


def _severities(language: SiteLanguage) -> Iterator[tuple[str, Markup]]:
    """Yield the words of the filter with what readers see, the most urgent first."""
    for severity in AlertSeverity:
        names = [name for name, word in language.names.of("severities").items() if word == severity.value]
        yield from ((_key(name), escape(name)) for name in names)
        if not names:
            yield severity.value, language.word(severity.value)


def by_system(graph: Graph) -> Sequence[tuple[Area | None, Sequence[Runbook]]]:
    """Return the runbooks by the area of their first item, in checklist order, and those without an item last."""
    areas = list(graph.one(Checklist).areas)

    def place(runbook: Runbook) -> int:
        return areas.index(graph.by_id(Place)[runbook.items[0]].area) if runbook.items else len(areas)

    ordered = sorted(most_urgent_first(graph.all(Runbook)), key=place)
    return [(areas[at] if at < len(areas) else None, list(group)) for at, group in groupby(ordered, key=place)]


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: all runbooks, then those of each system, then the alerts."""
    language = site_language(graph)
    sections = (
        NavEntry(
            plain(area.title) if area else language.gettext("Everything else"),
            children=tuple(NavEntry(plain(runbook.title), graph.path(runbook)) for runbook in runbooks),
        )
        for area, runbooks in by_system(graph)
    )
    first = NavEntry(language.gettext("All runbooks"), graph.index("runbook"))
    last = (NavEntry(language.gettext("Alerts"), graph.index("alert")),) if alerts(graph) else ()
    if graph.all(Runbook):
        yield NavEntry(language.gettext("Runbooks"), children=(first, *sections, *last))


def _by_role(
    step: Step, path: str, keeper: Keeper, links: SourceLinks, language: SiteLanguage
) -> Sequence[tuple[Role, Markup]]:
    by_role = groupby(step.parts, lambda part: part.role)
    return [(role, _markdown(role, list(parts), path, keeper, links, language)) for role, parts in by_role]


def _markdown(
    role: Role, parts: Sequence[Part], path: str, keeper: Keeper, links: SourceLinks, language: SiteLanguage
) -> Markup:
    """Return the parts of a step that are for `role`, with a blank line between any two blocks."""
    label = f"**{language.marked_texts.gettext(ROLES[role])}**" if role in ROLES else ""
    blocks: list[str] = []
    for part in parts:
        if isinstance(part, Command):
            output = keeper.keep(output_html(part.output, language)) if part.output else ""
            blocks += [label, keeper.keep(command_html(part, language)), output]
        else:
            blocks.append(f"{label} {page_prose(part.markdown, path, keeper, links)}".strip())
        label = ""
    return Markup("\n\n".join(block for block in blocks if block))  # noqa: S704 - Markdown and tokens


def _services(runbook: Runbook, graph: Graph) -> list[Service]:
    """Return the services that the runbook names, in the order of `services.yml`."""
    wanted = set(runbook.services)
    return [service for service in graph.all(Service) if service.id in wanted]


def _related(runbook: Runbook, graph: Graph) -> list[RelatedGroup]:
    """Return the related pages: services, practices, and runbooks with the same services or, without any, items."""
    shared: tuple[Service | Place, ...] = graph.named(runbook, Service) or graph.named(runbook, Place)
    of_the_same = {other.id for each in shared for other in graph.naming(Runbook, each)} - {runbook.id}
    others = most_urgent_first(other for other in graph.all(Runbook) if other.id in of_the_same)
    return related(
        runbook,
        graph,
        (N_("Services"), map(graph.node, _services(runbook, graph))),
        (N_("See also"), map(graph.node, others[:OTHERS])),
        (N_("Practices"), map(graph.node, graph.named(runbook, Place))),
    )
