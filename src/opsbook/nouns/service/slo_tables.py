"""What the services promise, as the tables of two macros: their objectives with the error budgets, their recovery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from opsbook.nouns.macro.calls import Here
from opsbook.nouns.service.model import Objective, Service
from opsbook.nouns.service.pages import budget_minutes, number
from opsbook.site import paths
from opsbook.site.text import attribute, inline

MILLION = 1_000_000
_NOT_SET = Markup('<span class="ob-none">not set</span>')
_NO_SERVICES = Markup('<span class="ob-none">No service is listed in <code>services.yml</code> yet.</span>')


def objectives(here: Here) -> Markup:
    """The objectives of all services as a table: target, SLI, and the error budget worked out.

    The budget stands there in per cent, as minutes of whole outage per window, and as the number out of a million
    events that may fail. What an event is, mostly a request, is what the SLI says.

    Example:
        {{ objectives() }}
    """
    heads = ("Service", "Objective", "Target", "Error budget", "Whole outage", "May fail, of a million")
    return here.keep(_table(heads, (row for service in _services(here) for row in _objectives(here, service))))


def recovery(here: Here) -> Markup:
    """The services as a table: tier, recovery time objective, recovery point objective, and who is called.

    Example:
        {{ recovery() }}
    """
    heads = ("Service", "Tier", "Back within (RTO)", "Data lost at most (RPO)", "Escalation")
    return here.keep(_table(heads, (_recovery(here, service) for service in _services(here))))


def _services(here: Here) -> Iterable[Service]:
    """The services, the ones that hurt most first."""
    return sorted(here.handbook.services.services, key=lambda service: service.tier)


def _table(heads: Iterable[str], rows: Iterable[Markup]) -> Markup:
    body = Markup("").join(rows)
    if not body:
        return _NO_SERVICES
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(inline(each)) for each in heads)
    return Markup(
        '<div class="ob-table" data-ob-stack data-search-exclude><table class="ob-rows">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(head, body)


def _objectives(here: Here, service: Service) -> Iterator[Markup]:
    name = Markup('<a href="{}">{}</a>').format(here.url(paths.service_path(service)), inline(service.title))
    for objective in service.slos:
        yield _objective(here, service, objective, name)
    if not service.slos:
        yield Markup('<tr><td>{}</td><td colspan="5"><span class="ob-none">no objective yet</span></td></tr>').format(
            name
        )


def _objective(here: Here, service: Service, objective: Objective, name: Markup) -> Markup:
    percent = number(objective.error_budget * 100)
    target = f"{here.url(paths.service_path(service))}#{objective.id}"
    return Markup(
        '<tr><td class="ob-whole">{}</td><td><a href="{}">{}</a><p class="ob-rows__note">{}</p></td>'
        '<td>{} % <span class="ob-whole">over {}</span></td>'
        '<td class="ob-whole">{} %<span class="ob-stacked"> may fail</span></td>'
        '<td class="ob-whole">{} min<span class="ob-stacked"> of whole outage</span></td>'
        '<td class="ob-whole">{}<span class="ob-stacked"> of a million</span></td></tr>'
    ).format(
        name,
        attribute(target),
        inline(objective.title),
        inline(objective.sli),
        objective.objective,
        objective.window,
        percent,
        number(budget_minutes(objective)),
        number(objective.error_budget * MILLION),
    )


def _recovery(here: Here, service: Service) -> Markup:
    page = here.url(paths.service_path(service))
    policy = here.handbook.services.escalation(service)
    called = Markup('<a href="{}#escalation">{}</a>').format(page, inline(policy.title)) if policy else _NOT_SET
    return Markup(
        '<tr><td class="ob-whole"><a href="{}">{}</a></td><td><span class="ob-tier">tier {}</span></td>'
        '<td><span class="ob-stacked">back within (RTO): </span>{}</td>'
        '<td><span class="ob-stacked">data lost (RPO): </span>{}</td>'
        '<td><span class="ob-stacked">called: </span>{}</td></tr>'
    ).format(page, inline(service.title), service.tier, service.rto or _NOT_SET, _loss(service), called)


def _loss(service: Service) -> Markup | str:
    """What may be lost at most, in words where that is nothing."""
    return "none" if service.rpo == "0" else service.rpo or _NOT_SET
