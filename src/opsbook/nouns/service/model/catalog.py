"""Define the form of `services.yml`: the services of the platform, their objectives, whom to call, who may do what."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from opsbook.graph import Graph
from opsbook.source.fields import Model, OneLine, Slug, Text, WebAddress
from opsbook.source.names import OwnName
from opsbook.source.promql import promql_error
from opsbook.source.references import Former, Id, Names

TIERS = (1, 2, 3, 4)
"""How important a service is, from the most important on."""
FILE = "services.yml"

LIST = "is the address of the list of services; rename it"

ServiceId = Annotated[Slug, Id("service", reserved=("index",), reserved_for=LIST)]
FormerServiceId = Annotated[Slug, Former("service", reserved=("index",), reserved_for=LIST)]

Duration = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*(s|m|h|d|w)$|^0$", max_length=12)]
"""A span of time such as `30d` or `15m`, or `0`."""

Window = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*(s|m|h|d|w)$", max_length=12)]
"""A span of time such as `30d`, but not `0`."""

_MINUTES = {"s": Decimal(1) / 60, "m": Decimal(1), "h": Decimal(60), "d": Decimal(1440), "w": Decimal(10080)}


class Objective(Model):
    """A service level objective: how large the share of good events has to be over a window."""

    id: Annotated[Slug, Id("objective", is_local=True)] = Field(
        description="The id of the objective; it is an anchor on the page of its service."
    )
    title: OneLine = Field(description="The objective in a few words.")
    objective: Decimal = Field(gt=0, lt=100, description="Per cent of good events, such as 99.9.")
    window: Window = Field(description="The rolling window, such as 30d.")
    sli: Text = Field(description="What counts as an event, and which of them are good.")
    promql: Text | None = Field(
        default=None, description="The share of good events over the last five minutes, from 0 to 1."
    )

    @field_validator("promql")
    @classmethod
    def _promql_parses(cls, promql: str | None) -> str | None:
        error = promql_error(promql) if promql else None
        if error:
            raise ValueError(f"not valid PromQL: {error}")
        return promql

    @property
    def error_budget(self) -> Decimal:
        """Return the share of events that may be bad, from 0 to 1."""
        return 1 - self.objective / 100


class EscalationLevel(Model):
    """Who is called, and how many minutes after the first call."""

    notify: Annotated[Slug, Names("owner")] = Field(description="The id of an owner of checklist.yml.")
    after: int = Field(0, ge=0, le=1440, description="Minutes without an answer before this level is called.")
    note: OneLine | None = Field(default=None, description="What else to know when calling, such as the hours.")


class EscalationPolicy(Model):
    """The order in which people are called."""

    id: Annotated[Slug, Id("escalation")] = Field(description="The id that `escalation` of a service names.")
    title: OneLine = Field(description="The name of the policy.")
    levels: tuple[EscalationLevel, ...] = Field(min_length=1, description="Who is called, in order.")


class Service(Model):
    """One service of the platform: something that runs, and that somebody owns."""

    id: ServiceId = Field(description="The permanent id; it is part of the address of the service's page.")
    title: OneLine = Field(description="The name of the service.")
    summary: OneLine = Field(description="What the service does, in a sentence.")
    owner: Annotated[Slug, Names("owner")] = Field(description="The id of an owner of checklist.yml.")
    tier: Annotated[int, OwnName("tiers")] = Field(
        ge=TIERS[0], le=TIERS[-1], description="1: customers cannot buy without it; 4: nobody notices for a day."
    )
    repository: WebAddress | None = Field(default=None, description="Where its source code is.")
    namespace: OneLine | None = Field(default=None, description="Where it runs in the cluster.")
    depends_on: tuple[Annotated[Slug, Names("service")], ...] = Field(
        default=(), description="Ids of the services that it calls."
    )
    slos: tuple[Objective, ...] = Field(default=(), description="The service level objectives.")
    escalation: Annotated[Slug, Names("escalation")] | None = Field(
        default=None, description="The id of an escalation policy."
    )
    rto: Duration | None = Field(default=None, description="Recovery time objective: how long it may be away.")
    rpo: Duration | None = Field(
        default=None, description="Recovery point objective: how much of the latest data may be lost."
    )
    aliases: tuple[FormerServiceId, ...] = Field(default=(), description="Former ids; their addresses lead here.")


class AccessRole(Model):
    """A role in which people follow runbooks: what it may do, by its manifests and policies, and how it is had."""

    id: Annotated[Slug, Id("role")] = Field(description="The id that `role` of a runbook names.")
    title: OneLine = Field(description="The name of the role.")
    ask: OneLine = Field(description="Whom to ask for it, or how it is taken, in a sentence.")
    page: Annotated[OneLine, Names("page", verb="is")] | None = Field(
        default=None, description="The hand-written page that says how, such as on-call/roles.md."
    )
    anchor: OneLine | None = Field(default=None, description="The anchor of a heading of that page.")
    groups: tuple[OneLine, ...] = Field(
        default=(),
        description="The groups, users or service accounts (`namespace/name`) that the role has in the cluster. "
        "Without any, all that the manifests bind counts.",
    )
    rbac: tuple[OneLine, ...] | None = Field(
        default=None,
        description="Files with roles of Kubernetes and their bindings: YAML, or pages with it in fenced blocks. "
        "`view`, `edit`, `admin` and `cluster-admin` stand for those of every cluster. Without the key, nothing is "
        "said of commands of kubectl and Helm.",
    )
    iam: tuple[OneLine, ...] | None = Field(
        default=None,
        description="Files with policies of AWS: JSON, or pages with it in fenced blocks; after a `#` the title of the "
        "block. `AdministratorAccess` stands for that of AWS. Without the key, nothing is said of commands of the AWS "
        "CLI.",
    )


class Catalog(Model):
    """Every service, the policies by which people are called, and the roles in which they act."""

    roles: tuple[AccessRole, ...] = Field(default=(), description="The roles in which people follow runbooks.")
    default_role: Annotated[Slug, Names("role")] | None = Field(
        default=None, description="The id of the role that follows each runbook which names no other."
    )
    escalations: tuple[EscalationPolicy, ...] = Field(default=(), description="The policies that services may name.")
    services: tuple[Service, ...] = Field(default=(), description="The services of the platform.")


def escalation_policy(service: Service, graph: Graph) -> EscalationPolicy | None:
    """Return the escalation policy of `service`; None where it names none."""
    return next(iter(graph.named(service, EscalationPolicy)), None)


def budget_minutes(objective: Objective) -> Decimal:
    """Return the minutes of complete outage that the error budget allows within the window."""
    return _MINUTES[objective.window[-1]] * int(objective.window[:-1]) * objective.error_budget


def significant(value: Decimal) -> Decimal:
    """Return `value` with three significant digits, or with all digits before the decimal point where there are more.

    >>> significant(Decimal("43.200")), significant(Decimal(10000)), significant(Decimal("0.43219"))
    (Decimal('43.2'), Decimal('10000'), Decimal('0.432'))
    """
    return round(value, max(0, 2 - value.adjusted()))
