"""`services.yml` in; the services of the platform, their objectives and who is called for them, out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.fields import Line, Model, Slug, Text, WebAddress
from opsbook.source.files import is_there
from opsbook.source.promql import promql_error
from opsbook.source.text import read_text
from opsbook.source.tree import Document, Location
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

Duration = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*(s|m|h|d|w)$|^0$", max_length=12)]
"""A span of time such as `30d` or `15m`; `0` is none at all."""

Window = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*(s|m|h|d|w)$", max_length=12)]
"""A span of time that is not none, such as `30d`."""

_MINUTES = {"s": Decimal(1) / 60, "m": Decimal(1), "h": Decimal(60), "d": Decimal(1440), "w": Decimal(10080)}


class Objective(Model):
    """A service level objective: how large the share of good events has to be over a window."""

    id: Slug = Field(description="The id of the objective; it is an anchor on the page of its service.")
    title: Line = Field(description="The objective in a few words.")
    objective: Decimal = Field(gt=0, lt=100, description="Per cent of good events, such as 99.9.")
    window: Window = Field(description="The rolling window, such as 30d.")
    sli: Text = Field(description="What counts as an event, and which of them are good.")
    promql: Text | None = Field(None, description="The share of good events over the last five minutes, from 0 to 1.")

    @field_validator("promql")
    @classmethod
    def _promql_parses(cls, promql: str | None) -> str | None:
        error = promql_error(promql) if promql else None
        if error:
            raise ValueError(f"not valid PromQL: {error}")
        return promql

    @property
    def error_budget(self) -> Decimal:
        """The share of bad events that the objective leaves, from 0 to 1."""
        return 1 - self.objective / 100


class EscalationLevel(Model):
    """Who is called, and how many minutes after the first call."""

    notify: Slug = Field(description="The id of an owner of checklist.yml.")
    after: int = Field(0, ge=0, le=1440, description="Minutes without an answer before this level is called.")
    note: Line | None = Field(None, description="What else to know when calling, such as the hours.")


class EscalationPolicy(Model):
    """The order in which people are called."""

    id: Slug = Field(description="The id that `escalation` of a service names.")
    title: Line = Field(description="The name of the policy.")
    levels: tuple[EscalationLevel, ...] = Field(min_length=1, description="Who is called, in order.")


class Service(Model):
    """One service of the platform: something that runs, and that somebody owns."""

    id: Slug = Field(description="The permanent id; it is part of the address of the service's page.")
    title: Line = Field(description="The name of the service.")
    summary: Line = Field(description="What the service does, in a sentence.")
    owner: Slug = Field(description="The id of an owner of checklist.yml.")
    tier: int = Field(ge=1, le=4, description="1: customers cannot buy without it; 4: nobody notices for a day.")
    repository: WebAddress | None = Field(None, description="Where its source code is.")
    namespace: Line | None = Field(None, description="Where it runs in the cluster.")
    depends_on: tuple[Slug, ...] = Field((), description="Ids of the services that it calls.")
    slos: tuple[Objective, ...] = Field(default=(), description="The service level objectives.")
    escalation: Slug | None = Field(None, description="The id of an escalation policy.")
    rto: Duration | None = Field(None, description="Recovery time objective: how long it may be away.")
    rpo: Duration | None = Field(None, description="Recovery point objective: how much of the latest data may be lost.")
    aliases: tuple[Slug, ...] = Field((), description="Former ids; their addresses lead here.")


class Catalog(Model):
    """Every service, and the policies by which people are called."""

    escalations: tuple[EscalationPolicy, ...] = Field(default=(), description="The policies that services may name.")
    services: tuple[Service, ...] = Field(default=(), description="The services of the platform.")

    def dependents(self, service: str) -> tuple[Service, ...]:
        """The services that call `service`."""
        return tuple(other for other in self.services if service in other.depends_on)

    def escalation(self, service: Service) -> EscalationPolicy | None:
        """The policy by which people are called for `service`."""
        return next((policy for policy in self.escalations if policy.id == service.escalation), None)


def budget_minutes(objective: Objective) -> Decimal:
    """The minutes of whole outage that the error budget allows within the window."""
    return _MINUTES[objective.window[-1]] * int(objective.window[:-1]) * objective.error_budget


def number(value: Decimal) -> str:
    """A number with three digits that matter, or all of those before the point.

    >>> number(Decimal("43.200")), number(Decimal(10000)), number(Decimal("0.43219"))
    ('43.2', '10,000', '0.432')
    """
    places = max(0, 2 - value.adjusted())
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text


def load_services(file: Path, name: str) -> tuple[Catalog, Document]:
    """The services in `file`, which messages call `name`; none where there is no such file.

    Raises ProblemsError with every mistake.
    """
    if not is_there(file):
        return Catalog(), Document(name, {}, {}, {})
    document = parse_yaml(read_text(file, name), name)
    catalog = validate(Catalog, document)
    problems = [*_repeated(catalog, document), *_dead_references(catalog, document)]
    if problems:
        raise ProblemsError(problems)
    return catalog, document


def owner_problems(catalog: Catalog, document: Document, owners: Collection[str]) -> Iterator[Problem]:
    """Owners that services and policies name and nobody declares."""
    named: list[tuple[Location, str]] = [
        (("services", s, "owner"), service.owner) for s, service in enumerate(catalog.services)
    ]
    for p, policy in enumerate(catalog.escalations):
        named += [(("escalations", p, "levels", k, "notify"), level.notify) for k, level in enumerate(policy.levels)]
    for at, owner in named:
        if owner not in owners:
            yield document.problem(at, f"no owner has the id `{owner}`; {did_you_mean(owner, owners)}")


def _repeated(catalog: Catalog, document: Document) -> Iterator[Problem]:
    lists: list[list[tuple[Location, str]]] = [
        [(("escalations", p, "id"), policy.id) for p, policy in enumerate(catalog.escalations)],
        [(("services", s, "id"), service.id) for s, service in enumerate(catalog.services)],
    ]
    for s, service in enumerate(catalog.services):
        lists[1] += [(("services", s, "aliases", k), alias) for k, alias in enumerate(service.aliases)]
        lists.append([(("services", s, "slos", k, "id"), slo.id) for k, slo in enumerate(service.slos)])
    for claims in lists:
        first: dict[str, int] = {}
        for at, name in claims:
            if name in first:
                yield document.problem(at, f"the id `{name}` stands on line {first[name]} too; an id is used once")
            first.setdefault(name, document.position(at).line)


def _dead_references(catalog: Catalog, document: Document) -> Iterator[Problem]:
    services = {service.id for service in catalog.services}
    policies = {policy.id for policy in catalog.escalations}
    for s, service in enumerate(catalog.services):
        for k, other in enumerate(service.depends_on):
            at = ("services", s, "depends_on", k)
            if other == service.id:
                yield document.problem(at, f"`{other}` depends on itself; name another service")
            elif other not in services:
                yield document.problem(at, f"no service has the id `{other}`; {did_you_mean(other, services)}")
        if service.escalation and service.escalation not in policies:
            message = f"no escalation policy has the id `{service.escalation}`"
            at_policy = ("services", s, "escalation")
            yield document.problem(at_policy, f"{message}; {did_you_mean(service.escalation, policies)}")
