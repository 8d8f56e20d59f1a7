"""Define the models of `facts.yml`, which give the JSON Schema that editors use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator, model_validator

from opsbook.nouns.checklist.model import Day
from opsbook.source.fields import Model, OneLine, Slug, Text, WebAddress
from opsbook.source.references import Id
from opsbook.source.validate import MistakeAtError

FILE = "facts.yml"
INDEX = "facts.md"

VALUE = "{value}"
"""The place of the value in a text of `matches`."""

REVIEW_EVERY = 180
"""Days from one review to the next, where a fact does not say otherwise."""

MOST_YEAR = 9990
"""The last year of a review, so that the next one is within the calendar."""

PackageName = Annotated[
    str, StringConstraints(pattern=r"^(@[A-Za-z0-9._-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)
]
"""The name of a package, which never begins as an option does."""

SafeAddress = Annotated[WebAddress, StringConstraints(pattern=r"^https://", max_length=500)]
"""An address that nobody on the way can answer for."""

ImageName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9._-]+)*$", max_length=200)
]
"""The name of an image without tag and digest."""

ChartName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)]
"""The name of a chart without its repository."""

ManifestField = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*(\.[A-Za-z0-9_-]+)+$", max_length=200)]
"""A kind of Kubernetes and the path of a key in it."""

PINS = ("pypi", "npm", "latest")
"""Where the newest release of a fact is asked for."""


class Fact(Model):
    """Something that is true for now and that many pages repeat: a version, a region, a name, a limit, a schedule."""

    id: Annotated[Slug, Id("fact")] = Field(description="The permanent id; it is an anchor on the page of the facts.")
    title: OneLine = Field(description="What it is, in a few words.")
    value: OneLine = Field(description="The value, as pages write it.")
    source: WebAddress = Field(description="The address where it can be read.")
    reviewed: Day = Field(description="The day on which somebody last compared it with its source, as YYYY-MM-DD.")
    review_every: int = Field(REVIEW_EVERY, ge=7, le=730, description="Days from one review to the next.")
    note: Text | None = Field(default=None, description="What else to know of it.")
    images: tuple[ImageName, ...] = Field(
        default=(), description="Images whose tag the value is; one that is copied to another registry counts too."
    )
    charts: tuple[ChartName, ...] = Field(default=(), description="Helm charts whose version the value is.")
    fields: tuple[ManifestField, ...] = Field(
        default=(), description="The kinds of manifests and their keys, such as `Kibana.spec.version`."
    )
    matches: tuple[OneLine, ...] = Field(
        default=(), description="Texts after which pages write the value; `{value}` is its place where text follows it."
    )
    others: tuple[OneLine, ...] = Field(default=(), description="Other values that may stand in the same places.")
    pypi: PackageName | None = Field(
        default=None, description="The package of Python whose newest release the value should be."
    )
    npm: PackageName | None = Field(
        default=None, description="The package of npm whose newest release the value should be."
    )
    latest: SafeAddress | None = Field(
        default=None,
        description="The address of JSON or of the index of a chart repository that lists the releases.",
    )
    line: OneLine | None = Field(
        default=None, description="The beginning of the releases to look at, such as `17` or `9.2`."
    )

    @field_validator("matches")
    @classmethod
    def _has_text(cls, matches: tuple[str, ...]) -> tuple[str, ...]:
        for text in matches:
            if text.count(VALUE) > 1 or not text.partition(VALUE)[0].strip():
                raise ValueError(
                    f"`{text}` does not begin with the text before the value; write it, {VALUE} once at most"
                )
        return matches

    @field_validator("reviewed")
    @classmethod
    def _is_of_our_time(cls, reviewed: date) -> date:
        if reviewed.year > MOST_YEAR:
            raise ValueError(f"`{reviewed}` is too far away; allowed: a day up to {MOST_YEAR}-12-31")
        return reviewed

    @model_validator(mode="after")
    def _asks_in_one_place(self) -> Fact:
        named = [name for name in PINS if getattr(self, name)]
        if len(named) > 1:
            raise MistakeAtError(named[1], f"releases are asked for in one place; keep `{named[0]}` or `{named[1]}`")
        if self.line and not named:
            raise MistakeAtError("line", f"`line` says nothing without one of {', '.join(PINS)}")
        return self

    @property
    def review_due(self) -> date:
        """Return the day by which the next review is due."""
        return self.reviewed + timedelta(days=self.review_every)


class Facts(Model):
    """Every fact."""

    facts: tuple[Fact, ...] = Field(default=(), description="The facts, in any order.")
