"""Make the page of each service, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.graph import Graph
from opsbook.nouns.api.model import Api
from opsbook.nouns.checklist.model import Owner
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.runbook.model import Runbook, alert_address, most_urgent_first
from opsbook.nouns.service.model import FILE, Objective, Service, budget_minutes, escalation_policy
from opsbook.site.code import block_html
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.related import RelatedGroup, related
from opsbook.site.render import render
from opsbook.site.text import plain
from opsbook.site.words import N_


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the list of services where there are any, then the page of each."""
    if graph.all(Service):
        yield one(FILE, services_page, graph)
    for service in graph.all(Service):
        yield one(FILE, service_page, service, graph)


def services_page(graph: Graph) -> Page:
    """Return the list of services, the most important tier first."""
    services = sorted(graph.all(Service), key=lambda service: service.tier)
    body = render(
        "service/templates/services.md",
        graph.index("service"),
        graph,
        services=[(service, len(service_runbooks(service, graph))) for service in services],
        owners=graph.by_id(Owner),
    )
    language = site_language(graph)
    description = language.gettext("What runs, who owns it, what it promises and what it needs.")
    meta = {"hide": ["toc"], "description": description}
    return Page(graph.index("service"), language.gettext("Services"), body, meta)


def service_page(service: Service, graph: Graph) -> Page:
    """Return the page of one service: whom to call, what to do, what it promises."""
    path = graph.path(service)
    runbooks = service_runbooks(service, graph)
    body = render(
        "service/templates/service.md",
        path,
        graph,
        service=service,
        owners=graph.by_id(Owner),
        runbooks=runbooks,
        alert_address=alert_address,
        alerts=sorted(alert for runbook in runbooks for alert in runbook.alerts),
        every_runbook=bool(graph.by_id(Runbook)),
        policy=escalation_policy(service, graph),
        budget=error_budget,
        block=block_html,
        api=graph.by_id(Api).get(service.id),
    )
    meta = {"description": plain(f"{service.title}: {service.summary}"), "related": _related(service, graph)}
    return Page(path, plain(service.title), body, meta)


def service_runbooks(service: Service, graph: Graph) -> Sequence[Runbook]:
    """Return the runbooks that name `service`, the most urgent first."""
    return most_urgent_first(graph.naming(Runbook, service))


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: all services, then each."""
    each = (NavEntry(plain(node.title), node.path) for node in graph.nodes("service").values())
    if graph.all(Service):
        title = site_language(graph).gettext("Services")
        yield NavEntry(title, children=(NavEntry(title, graph.index("service")), *each))


def error_budget(objective: Objective, language: SiteLanguage) -> str:
    """Return in words how long a service may be completely down within the window.

    >>> from decimal import Decimal
    >>> from types import SimpleNamespace as Like
    >>> error_budget(Like(window="30d", error_budget=Decimal("0.001")), SiteLanguage())
    '43 min'
    """
    minutes = budget_minutes(objective)
    if minutes < 1:
        return language.duration(s=round(minutes * 60))
    days, rest = divmod(round(minutes), 1440)
    hours, rest = divmod(rest, 60)
    return language.duration(d=days, h=hours, min=rest)


def _related(service: Service, graph: Graph) -> list[RelatedGroup]:
    needed = {link.target.key for link in graph.links_from(graph.node(service)) if link.field == "depends_on"}
    return related(
        service,
        graph,
        (N_("Depends on"), (node for node in graph.nodes("service").values() if node.key in needed)),
        (N_("Needed by"), (graph.node(each) for each in graph.naming(Service, service))),
        shown=("runbook",),
    )
