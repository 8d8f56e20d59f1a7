"""Define the macros that show the promises of services: their objectives with error budgets, and their recovery."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from opsbook.nouns.macro.calls import CallSite
from opsbook.nouns.service.model import Service, budget_minutes, escalation_policy, significant


def objectives(here: CallSite) -> Markup:
    """Show the objectives of all services as a table: target, SLI, and the error budget worked out.

    The budget stands there in per cent, as minutes of whole outage per window, and as the number out of a million
    events that may fail. What an event is, mostly a request, is what the SLI says.

    Example:
        {{ objectives() }}
    """
    return here.show("objectives", services=_services(here), significant=significant, budget_minutes=budget_minutes)


def recovery(here: CallSite) -> Markup:
    """Show the services as a table: tier, recovery time objective, recovery point objective, and who is called.

    Example:
        {{ recovery() }}
    """
    return here.show("recovery", services=_services(here), policy_of=escalation_policy)


def _services(here: CallSite) -> Iterable[Service]:
    """Return the services, the most important tier first."""
    return sorted(here.graph.all(Service), key=lambda service: service.tier)
