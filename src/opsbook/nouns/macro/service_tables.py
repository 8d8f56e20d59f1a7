"""The macros that show what the services promise: their objectives with the error budgets, and their recovery."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from opsbook.nouns.macro.calls import Here
from opsbook.nouns.service.model import Service, budget_minutes, number


def objectives(here: Here) -> Markup:
    """The objectives of all services as a table: target, SLI, and the error budget worked out.

    The budget stands there in per cent, as minutes of whole outage per window, and as the number out of a million
    events that may fail. What an event is, mostly a request, is what the SLI says.

    Example:
        {{ objectives() }}
    """
    return here.show("objectives", services=_services(here), number=number, budget_minutes=budget_minutes)


def recovery(here: Here) -> Markup:
    """The services as a table: tier, recovery time objective, recovery point objective, and who is called.

    Example:
        {{ recovery() }}
    """
    return here.show("recovery", services=_services(here), catalog=here.handbook.services)


def _services(here: Here) -> Iterable[Service]:
    """Return the services, the ones that hurt most first."""
    return sorted(here.handbook.services.services, key=lambda service: service.tier)
