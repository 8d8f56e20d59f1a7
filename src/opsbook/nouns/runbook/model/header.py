"""Define the front matter of a runbook. Its models give the JSON Schema that editors use."""

from __future__ import annotations

import re
import warnings
from datetime import date, timedelta
from enum import Enum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from opsbook.nouns.runbook.patterns import TOO_DEEP, TOO_MANY, pattern_fault
from opsbook.site.words import N_
from opsbook.source.fields import Model, OneLine, Slug, Text, slug_fault
from opsbook.source.names import OwnName
from opsbook.source.references import Former, Id, Names, Unique

LIST = "is the address of the list of runbooks; rename it"

MOST_YEAR = 9000
"""The last year of a review: Python's calendar ends with 9999, and the next review has to be within it."""

REVIEW_EVERY = 180
"""Days from one review to the next, where a runbook does not say otherwise."""

AlertName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$", max_length=100)]
"""The name of an alert as its rule has it; it becomes a part of an address."""

LabelName = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z_][a-zA-Z0-9_]*$", max_length=60)]
VariableName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=40)]


def _checked_address(text: str) -> str:
    for part in text.split("/"):
        if slug_fault(re.sub(r"[._-]+", "-", part).strip("-").lower()) or part.startswith("."):
            raise ValueError(
                f"`{text}` is not a former address; allowed: letters, digits, `-`, `_` and `.`, parts by `/`"
            )
    return text


RunbookId = Annotated[Slug, Id("runbook", reserved=("index",), reserved_for=LIST, has_case=False)]
FormerAddress = Annotated[
    str,
    StringConstraints(pattern=r"^[^\s/]+(/[^\s/]+)*$", max_length=200),
    AfterValidator(_checked_address),
    Former("runbook", reserved=("index",), reserved_for=LIST, has_case=False),
]
"""A former address below `/runbooks/`: a former id, or a path of folders and a name that the page had elsewhere."""
OwnAlert = Annotated[AlertName, Unique("runbook", "alert", "an alert leads to one runbook", has_case=False)]
"""An alert leads to one runbook."""

# Forms that Python and JavaScript read in different ways, or that only one of them knows.
_NOT_PORTABLE = re.compile(r"\(\?(?![:=!])|\\[AZzGpPNux]|[*+?}]\+|\[\[|\[\^?\]")


NEEDED_WHEN_FINISHED = ("summary", "severity", "owner", "reviewed")
"""The keys that a draft may leave out."""


def _required_unless_draft(schema: dict[str, Any]) -> None:
    """Let the JSON Schema require more of a finished runbook than of a draft."""
    schema["if"] = {"properties": {"status": {"const": RunbookStatus.DRAFT.value}}, "required": ["status"]}
    schema["else"] = {"required": list(NEEDED_WHEN_FINISHED)}


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class AlertSeverity(Enum):
    """How urgent it is: `critical` pages, `warning` waits for working hours, `info` is context."""

    CRITICAL = N_("critical")
    WARNING = N_("warning")
    INFO = N_("info")


class RunbookStatus(Enum):
    """Where the work on a runbook stands. A draft is published with a banner, and may lack what a runbook needs."""

    DRAFT = "draft"


class Variable(Model):
    """A value that the reader fills in, or that the alert's labels fill in."""

    name: VariableName = Field(description="The name of the shell variable, in capitals, without the `$`.")
    description: OneLine = Field(description="What the value is, for whoever fills it in.")
    pattern: OneLine = Field(description="A regular expression that the whole value matches.")
    example: OneLine = Field(description="A value that matches the pattern.")
    labels: Annotated[tuple[LabelName, ...], BeforeValidator(_as_tuple)] = Field(
        default=(), alias="from", description="The alert label that fills it, or several: the first that is there wins."
    )

    @field_validator("pattern")
    @classmethod
    def _pattern_is_portable(cls, pattern: str) -> str:
        try:
            with warnings.catch_warnings(action="ignore", category=FutureWarning):
                re.compile(pattern)
        except re.error as error:
            raise ValueError(f"`{pattern}` is not a regular expression: {error.msg}") from None
        except OverflowError:
            raise ValueError(f"`{pattern}` {TOO_MANY}") from None
        except RecursionError:
            raise ValueError(f"`{pattern}` {TOO_DEEP}") from None
        if found := _NOT_PORTABLE.search(pattern):
            message = f"`{found.group()}` is not read alike by Python and JavaScript; use the forms that both know"
            raise ValueError(message)
        if fault := pattern_fault(pattern):
            raise ValueError(f"`{pattern}` {fault}")
        return pattern

    @model_validator(mode="after")
    def _example_matches(self) -> Variable:
        if not self.accepts(self.example):
            raise ValueError(f"the example `{self.example}` does not match the pattern `{self.pattern}`")
        return self

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the parameters in the page's address that may carry the value."""
        return self.labels or (self.name.lower(),)

    def accepts(self, value: str) -> bool:
        """Return whether the whole of `value` matches the pattern."""
        return re.fullmatch(self.pattern, value) is not None


class LintWaiver(Model):
    """A rule that does not hold here, why, and until when that is accepted."""

    rule: OneLine = Field(description="The name of the rule, as it stands in brackets at the end of its message.")
    step: Slug | None = Field(
        default=None, description="The anchor of the step; the whole runbook where it is left out."
    )
    reason: Text = Field(description="Why the rule does not hold here.")
    until: date = Field(description="The last day on which the waiver holds, as YYYY-MM-DD.")


class RunbookHeader(Model):
    """What the front matter of a runbook says, as far as a draft has to say it."""

    model_config = ConfigDict(json_schema_extra=_required_unless_draft)

    id: RunbookId = Field(description="The permanent id: the name of the file, and a part of the address.")
    title: OneLine = Field(description="What is wrong, in the words of whoever is on call.")
    status: RunbookStatus | None = Field(
        default=None, description="`draft` while something is missing; left out once it is finished."
    )
    summary: OneLine | None = Field(
        default=None, description="One sentence: what has happened. Only a draft may leave it out."
    )
    alerts: tuple[OwnAlert, ...] = Field(default=(), description="The alerts that lead here.")
    symptoms: tuple[OneLine, ...] = Field(
        default=(), description="What a person sees, in the words that they would search for."
    )
    services: tuple[Annotated[Slug, Names("service")], ...] = Field(
        default=(), description="Ids of services.yml; none stands for any of them."
    )
    severity: Annotated[AlertSeverity | None, OwnName("severities")] = Field(
        default=None, description="critical, warning or info. Only a draft may leave it out."
    )
    owner: Annotated[Slug, Names("owner")] | None = Field(
        default=None, description="The id of an owner of checklist.yml. Only a draft may leave it out."
    )
    role: Annotated[Slug, Names("role")] | None = Field(
        default=None,
        description="The id of the role that follows it; `default_role` of services.yml where it is left out.",
    )
    reviewed: date | None = Field(
        default=None,
        description="The day on which somebody last read it against the real system. Only a draft may leave it out.",
    )
    exercised: date | None = Field(default=None, description="The day on which it was last walked through in a drill.")
    review_every: int = Field(REVIEW_EVERY, ge=7, le=730, description="Days from one review to the next.")
    items: tuple[Annotated[Slug, Names("item", called="item of the checklist")], ...] = Field(
        default=(), description="Ids of the checklist items that it belongs to."
    )
    aliases: tuple[FormerAddress, ...] = Field(
        default=(), description="Former ids, or former addresses such as `kubernetes/cart-down`; they lead here."
    )
    featured: bool = Field(False, description="Whether the home page shows it first, for whoever is in a hurry.")
    variables: tuple[Variable, ...] = Field(default=(), description="The values that the commands need.")
    waivers: tuple[LintWaiver, ...] = Field(default=(), description="The rules that do not hold here.")

    @field_validator("reviewed")
    @classmethod
    def _review_is_of_our_time(cls, reviewed: date | None) -> date | None:
        if reviewed and reviewed.year > MOST_YEAR:
            raise ValueError(f"`{reviewed}` is too far away; allowed: a day up to {MOST_YEAR}-12-31")
        return reviewed

    @property
    def is_draft(self) -> bool:
        """Return whether it is a draft."""
        return self.status is RunbookStatus.DRAFT

    @property
    def review_due(self) -> date | None:
        """Return the day by which the next review is due; None for a draft that nobody has reviewed."""
        return self.reviewed + timedelta(days=self.review_every) if self.reviewed else None

    @property
    def accepted_until(self) -> date | None:
        """Return the last day on which its review is not overdue: that of a waiver, where that is later."""
        waived = (waiver.until for waiver in self.waivers if waiver.rule == "review")
        return max([self.review_due, *waived]) if self.review_due else None


class FinishedHeader(RunbookHeader):
    """What the front matter of a finished runbook says."""

    summary: OneLine = Field(description="One sentence: what has happened.")
    severity: Annotated[AlertSeverity, OwnName("severities")] = Field(description="critical, warning or info.")
    owner: Annotated[Slug, Names("owner")] = Field(description="The id of an owner of checklist.yml.")
    reviewed: date = Field(description="The day on which somebody last read it against the real system.")
