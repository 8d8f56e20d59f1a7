"""Define the form of `.content.yml`: what is accepted, and where metrics come from that the engine does not know."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from opsbook.nouns.checklist.model import Day
from opsbook.source.fields import Model, OneLine, Text

FILE = ".content.yml"

MetricPattern = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_:*]+$", max_length=200)]
"""The name of a metric, in which `*` stands for any letters."""


ComponentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""The id of a component; it is no part of an address."""


class ContentWaiver(Model):
    """Findings of one check in one file that are accepted, why, and until when."""

    check: OneLine = Field(description="The name of the check, as it stands in brackets at the end of its message.")
    file: OneLine = Field(description="The file, from the root of the repository; with a slash at its end, a folder.")
    says: OneLine | None = Field(
        default=None, description="Words of the message; every finding of the check in the file where it is left out."
    )
    reason: Text = Field(description="Why it is accepted.")
    until: Day = Field(description="The last day on which the waiver holds, as YYYY-MM-DD.")


class Configured(Model):
    """What has to stand in the configuration of a component for some of its metrics."""

    metrics: MetricPattern = Field(description="The metrics, as a name in which `*` stands for any letters.")
    says: tuple[OneLine, ...] = Field(description="Texts of which one has to stand in a block or in a file.")


class LabelValues(Model):
    """The only values that a label of some metrics has."""

    metrics: MetricPattern = Field(description="The metrics, as a name in which `*` stands for any letters.")
    label: OneLine = Field(description="The name of the label.")
    values: tuple[OneLine, ...] = Field(description="All values that it can have.")


class Component(Model):
    """A program that exports metrics or adds kinds of resources to a cluster, and how one sees that it is there."""

    id: ComponentId = Field(description="Its id. One that the engine knows is replaced.")
    title: OneLine = Field(description="What messages call it.")
    metrics: tuple[MetricPattern, ...] = Field(
        default=(), description="The names of its metrics, in which `*` stands for any letters."
    )
    counters: tuple[MetricPattern, ...] = Field(default=(), description="Metrics that are counters.")
    gauges: tuple[MetricPattern, ...] = Field(default=(), description="Metrics that are gauges.")
    labels: tuple[LabelValues, ...] = Field(default=(), description="Labels that have a few values and no other.")
    installed_by: tuple[OneLine, ...] = Field(
        default=(), description="Names of charts, images, add-ons or workloads that bring it; `*` for every cluster."
    )
    scraped_by: tuple[OneLine, ...] = Field(
        default=(), description="Those of them that also make Prometheus read it; `*` for all."
    )
    monitored_as: tuple[OneLine, ...] = Field(
        default=(), description="Words of the monitor or scrape job that reads it; its id where it is left out."
    )
    configured: tuple[Configured, ...] = Field(
        default=(), description="What has to stand in its configuration for some of its metrics."
    )
    targets: OneLine | None = Field(
        default=None, description="The label whose values have to stand among the targets of a monitor, as of a probe."
    )
    api_groups: tuple[OneLine, ...] = Field(default=(), description="The groups of the resources that it adds.")
    kinds: tuple[OneLine, ...] = Field(default=(), description="The kinds of resources, where others share the group.")
    elsewhere: OneLine | None = Field(
        default=None, description="Where it is installed and read, if not by what this handbook shows."
    )
    source: OneLine | None = Field(default=None, description="The address where its metrics are described.")


class ContentSettings(Model):
    """What the checks of the content are told of this handbook."""

    laptops: tuple[Literal["linux", "macos"], ...] = Field(
        default=("linux", "macos"), min_length=1, description="The systems of the laptops on which commands are typed."
    )
    shells: tuple[Literal["bash", "zsh"], ...] = Field(
        default=("bash", "zsh"), min_length=1, description="The shells in which commands are typed."
    )
    tools_page: OneLine | None = Field(
        default=None,
        description="The page whose commands look for the programs that runbooks need, from the root.",
    )
    namespace: OneLine | None = Field(
        default=None, description="The Kubernetes namespace of the manifests that name none."
    )
    waivers: tuple[ContentWaiver, ...] = Field(
        default=(), description="Findings that are accepted and have no place for a comment beside them."
    )
    components: tuple[Component, ...] = Field(
        default=(), description="Where metrics and resources come from, beside what the engine knows."
    )

    @field_validator("components")
    @classmethod
    def _each_once(cls, components: tuple[Component, ...]) -> tuple[Component, ...]:
        ids = Counter(component.id for component in components)
        if twice := [each for each, count in ids.items() if count > 1]:
            raise ValueError(f"`{twice[0]}` stands here more than once; write all of it in one entry")
        return components


class KnownComponents(Model):
    """The components that the engine knows."""

    components: tuple[Component, ...]
