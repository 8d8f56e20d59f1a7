"""Define the models of a post-mortem. Those of its front matter give the JSON Schema that editors use."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from opsbook.site.words import N_
from opsbook.source.comments import without_comments
from opsbook.source.fields import Model, OneLine, Slug, WebAddress
from opsbook.source.names import OwnName
from opsbook.source.references import Former, Id, Names
from opsbook.source.validate import MistakeAtError

SECTIONS = (
    N_("Summary"),
    N_("Impact"),
    N_("Timeline"),
    N_("Contributing factors"),
    N_("Trigger"),
    N_("Detection"),
    N_("Resolution"),
    N_("What went well"),
    N_("What went badly"),
    N_("Where we were lucky"),
    N_("Actions"),
)
"""The headings of every post-mortem, in their order."""

RESERVED_IDS = ("actions", "index", "template")
"""SiteNames of pages that the site makes beside those of the post-mortems."""

ACTIONS_PAGE = "post-mortems/actions.md"
TEMPLATE_PAGE = "post-mortems/template.md"

PAGE = "is the address of a page that the site makes itself; rename it"

FormerPostMortemId = Annotated[Slug, Former("post-mortem", reserved=RESERVED_IDS, reserved_for=PAGE)]

STAGES = ("started", N_("detected"), N_("mitigated"), N_("resolved"))
UNKNOWN = {
    "detected": N_("when it was detected"),
    "mitigated": N_("when it was mitigated"),
    "resolved": N_("when it was resolved"),
}
"""What is missing of an incident by the stage whose time is not known."""
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?) ?(?:Z|UTC)")


def parse_utc(value: object) -> object:
    """Return the UTC time in `value`. Raises ValueError where it is text in another form."""
    if not isinstance(value, str):
        return value
    match = _TIME.fullmatch(value.strip())
    try:
        if match:
            return datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=UTC)
    except ValueError:
        pass
    given = f"`{value}` is not a time in UTC" if value.strip() else "this is empty"
    raise ValueError(f"{given}; allowed: such as 2026-11-23T14:05Z")


def _not_yet(value: object) -> object:
    """Return what `parse_utc` does; None for an empty text, which the template begins with."""
    return None if value == "" else parse_utc(value)


UtcTime = Annotated[datetime, BeforeValidator(parse_utc)]
LaterTime = Annotated[datetime | None, BeforeValidator(_not_yet)]


class IncidentSeverity(Enum):
    """How bad it was: `sev1` is an outage for most users, `sev4` is what nobody outside noticed."""

    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"


class ActionStatus(Enum):
    """How far an action is. A dropped one is not done, on purpose."""

    OPEN = N_("open")
    DOING = N_("doing")
    DONE = N_("done")
    DROPPED = N_("dropped")


class Action(Model):
    """What is done so that it does not happen again, by whom and by when."""

    title: OneLine = Field(description="What is to be done.")
    owner: Annotated[Slug, Names("owner")] = Field(description="The id of an owner of checklist.yml.")
    due: date = Field(description="The day by which it is done, as YYYY-MM-DD.")
    status: ActionStatus = Field(ActionStatus.OPEN, description="open (the default), doing, done or dropped.")
    item: Annotated[Slug, Names("item", called="item of the checklist")] | None = Field(
        default=None, description="The id of the checklist item that it serves."
    )
    url: WebAddress | None = Field(default=None, description="Where the work is tracked.")

    @property
    def is_open(self) -> bool:
        """Return whether work on the action is left to do."""
        return self.status in (ActionStatus.OPEN, ActionStatus.DOING)


class CitedSource(Model):
    """Where more about the incident is written."""

    title: OneLine = Field(description="What is to be read there.")
    url: WebAddress = Field(description="The address of it.")


class Times(Model):
    """When it started and when it was detected, mitigated and resolved, all in UTC and in that order."""

    started: UtcTime = Field(description="When users were first affected, such as 2026-11-23T14:05Z.")
    detected: LaterTime = Field(default=None, description="When somebody, or an alert, first knew.")
    mitigated: LaterTime = Field(default=None, description="When users were no longer affected.")
    resolved: LaterTime = Field(default=None, description="When nothing was left to do in a hurry.")

    @model_validator(mode="after")
    def _in_order(self) -> Times:
        known = [(stage, time) for stage in STAGES if (time := getattr(self, stage))]
        for (before, earlier), (stage, later) in itertools.pairwise(known):
            if later < earlier:
                raise MistakeAtError(stage, f"`{stage}` is before `{before}`; allowed order: {', '.join(STAGES)}")
        return self

    def until(self, stage: str) -> timedelta | None:
        """Return the time from the start to `stage`; None where that is not known yet."""
        time: datetime | None = getattr(self, stage)
        return time - self.started if time else None


class PostMortemHeader(Model):
    """What the front matter of a post-mortem says."""

    title: OneLine = Field(description="What happened, in a few words.")
    incident: OneLine | None = Field(default=None, description="The number or name of the incident where you track it.")
    severity: Annotated[IncidentSeverity, OwnName("incident_severities")] = Field(
        description="sev1, sev2, sev3 or sev4."
    )
    draft: bool = Field(False, description="Whether it is still being written; a draft may have gaps.")
    times: Times = Field(description="When it started and ended, and what was between.")
    services: tuple[Annotated[Slug, Names("service")], ...] = Field(
        default=(), description="Ids of the services that it affected."
    )
    runbooks: tuple[Annotated[Slug, Names("runbook")], ...] = Field(
        default=(), description="Ids of the runbooks that were used."
    )
    actions: tuple[Action, ...] = Field(default=(), description="What is done so that it does not happen again.")
    sources: tuple[CitedSource, ...] = Field(default=(), description="Where more about it is written.")
    aliases: tuple[FormerPostMortemId, ...] = Field(default=(), description="Former ids; their addresses lead here.")


@dataclass(frozen=True)
class Moment:
    """A line of the timeline. `text` is Markdown; an approximate time is written with a `~` before it."""

    time: datetime
    is_approximate: bool
    text: str
    line: int


@dataclass(frozen=True)
class PostMortemSection:
    """One of the fixed sections, as Markdown without its heading."""

    name: str
    line: int
    markdown: str
    heading: str = ""
    """The name as it is written."""

    @property
    def is_empty(self) -> bool:
        """Return whether it holds only comments. The actions are in the front matter, so their section may be empty."""
        return self.name != "Actions" and not without_comments(self.markdown).strip()


class PostMortem(PostMortemHeader):
    """A whole post-mortem. `id` is the name of its file, `path` is what messages call it."""

    id: Annotated[Slug, Id("post-mortem")]
    path: str
    sections: tuple[PostMortemSection, ...]
    timeline: tuple[Moment, ...]
    severity_name: str = ""
    """What the site calls its severity, where it is written so."""

    @property
    def text(self) -> str:
        """Return the Markdown of all its sections."""
        return "\n\n".join(section.markdown for section in self.sections)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what is still missing from a draft, in words."""
        times = (UNKNOWN[stage] for stage in STAGES if getattr(self.times, stage) is None)
        return (*times, *(section.name for section in self.sections if section.is_empty))
