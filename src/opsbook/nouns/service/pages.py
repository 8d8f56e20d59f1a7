"""The page of each service, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from opsbook.graph import Handbook
from opsbook.nouns.runbook.commands import block_html
from opsbook.nouns.runbook.model import Runbook
from opsbook.nouns.runbook.pages import most_urgent_first
from opsbook.nouns.service.model import Objective, Service, budget_minutes
from opsbook.site import paths
from opsbook.site.page import Entry, Page, address
from opsbook.site.render import render
from opsbook.site.text import plain


def services_page(handbook: Handbook) -> Page:
    """All services, the ones that hurt most first."""
    services = sorted(handbook.services.services, key=lambda service: service.tier)
    body = render(
        "service/templates/services.md",
        paths.SERVICES,
        services=[(service, len(service_runbooks(service, handbook))) for service in services],
        owners=handbook.owners,
        paths=paths,
    )
    meta = {"hide": ["toc"], "description": "What runs, who owns it, what it promises and what it needs."}
    return Page(paths.SERVICES, "Services", body, meta)


def service_page(service: Service, handbook: Handbook) -> Page:
    """The page of one service: whom to call, what to do, what it promises."""
    path = paths.service_path(service)
    runbooks = service_runbooks(service, handbook)
    body = render(
        "service/templates/service.md",
        path,
        service=service,
        owners=handbook.owners,
        runbooks=runbooks,
        alerts=sorted(alert for runbook in runbooks for alert in runbook.alerts),
        every_runbook=bool(handbook.runbooks),
        policy=handbook.services.escalation(service),
        budget=error_budget,
        block=block_html,
        api=handbook.apis.get(service.id),
        paths=paths,
    )
    meta = {"description": plain(f"{service.title}: {service.summary}"), "related": _related(service, handbook)}
    return Page(path, plain(service.title), body, meta)


def service_runbooks(service: Service, handbook: Handbook) -> Sequence[Runbook]:
    """The runbooks that are about `service` by name."""
    return most_urgent_first(runbook for runbook in handbook.runbooks.values() if service.id in runbook.services)


def service_entries(handbook: Handbook) -> tuple[Entry, ...]:
    """The navigation: all services, then each."""
    services = (Entry(plain(each.title), paths.service_path(each)) for each in handbook.services.services)
    return (Entry("Services", paths.SERVICES), *services)


def error_budget(objective: Objective) -> str:
    """How long a service may be wholly bad within the window.

    >>> from types import SimpleNamespace as Like
    >>> error_budget(Like(window="30d", error_budget=Decimal("0.001")))
    '43 min'
    """
    minutes = budget_minutes(objective)
    if minutes < 1:
        return f"{round(minutes * 60)} s"
    days, rest = divmod(round(minutes), 1440)
    hours, rest = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (rest, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _related(service: Service, handbook: Handbook) -> list[Mapping[str, Any]]:
    needed = [each for each in handbook.services.services if each.id in service.depends_on]
    groups = (("Depends on", needed), ("Needed by", handbook.services.dependents(service.id)))
    return [{"title": title, "links": [_link(each) for each in services]} for title, services in groups if services]


def _link(service: Service) -> Mapping[str, str]:
    return {"title": plain(service.title), "url": address(paths.service_path(service))}
