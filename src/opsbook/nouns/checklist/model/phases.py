"""Define the phases of the roadmap, and the goals of each."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from opsbook.nouns.checklist.model.names import RESERVED_IDS, SPACE, FormerItemId
from opsbook.source.fields import Model, OneLine, Slug
from opsbook.source.references import Id, Names

MAX_WEEK = 520


class Weeks(Model):
    """The weeks of a phase, counted from 1, both included."""

    first: int = Field(ge=1, le=MAX_WEEK)
    last: int = Field(ge=1, le=MAX_WEEK)


class Goal(Model):
    """What a phase wants, and the areas, groups or items that it needs."""

    title: OneLine = Field(description="The goal in a few words.")
    items: tuple[Annotated[Slug, Names("area", "group", "item")], ...] = Field(
        default=(), description="Ids of areas, groups or items; an area stands for all of its items."
    )


class Phase(Model):
    """A step of the roadmap."""

    id: Annotated[Slug, Id("phase", space=SPACE, reserved=RESERVED_IDS)] = Field(
        description="The permanent id; it is part of the address of the phase's page."
    )
    title: OneLine = Field(description="The name of the phase, without its number.")
    weeks: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?$")] | None = Field(
        default=None, description="A week or a range of weeks such as `1-2`, counted from the start of the roadmap."
    )
    aliases: tuple[FormerItemId, ...] = Field(default=(), description="Former ids; their addresses lead here.")
    goals: tuple[Goal, ...] = Field(default=(), description="What the phase wants, in order.")

    @field_validator("weeks")
    @classmethod
    def _weeks_run_forward(cls, weeks: str | None) -> str | None:
        if weeks:
            first, last = _first_and_last(weeks)
            if last < first:
                raise ValueError(f"`{weeks}` runs backwards; did you mean `{last}-{first}`?")
            if last > MAX_WEEK:
                raise ValueError(f"`{weeks}` goes past ten years; allowed: weeks up to {MAX_WEEK}")
        return weeks

    @property
    def span(self) -> Weeks | None:
        """Return the first and the last week; None where none are given."""
        if not self.weeks:
            return None
        first, last = _first_and_last(self.weeks)
        return Weeks(first=first, last=last)


def _first_and_last(weeks: str) -> tuple[int, int]:
    first, _, last = weeks.partition("-")
    return int(first), int(last or first)
