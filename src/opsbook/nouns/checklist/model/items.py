"""Define the models of `checklist.yml`, which `load` reads and nothing changes.

The same models give the JSON Schema that editors use, so a description here is what an author sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from opsbook.site.words import N_
from opsbook.source.fields import Model, OneLine, Slug, Text, WebAddress
from opsbook.source.names import OwnName
from opsbook.source.references import Former, Id, Names
from opsbook.source.tree import short
from opsbook.source.validate import MistakeAtError

FILE = "checklist.yml"
MAX_WEEK = 520

SPACE = "checklist"
"""Ids of areas, groups, items and phases are unique together: `goals` and badges name any of them."""

RESERVED_IDS = ("overall", "index")
"""Names that the site itself uses in addresses in place of ids."""

FormerItemId = Annotated[Slug, Former("item", space=SPACE, reserved=RESERVED_IDS)]
OwnerName = Annotated[Slug, Names("owner")]


def _as_day(given: object) -> object:
    """Return `given`. Raises ValueError where it is text that is not written as YYYY-MM-DD.

    pydantic alone would also take a count of seconds or a time of day, which nobody means here.
    """
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        raise ValueError(f"`{short(given)}` is not a date; allowed: a day of the calendar as YYYY-MM-DD")
    return given


Day = Annotated[date, BeforeValidator(_as_day)]


class Status(Enum):
    """How far an item is."""

    TODO = N_("todo")
    DOING = N_("doing")
    DONE = N_("done")
    WAIVED = N_("waived")


class ItemWaiver(Model):
    """Why an item is not done here, and until when that is accepted."""

    reason: Text = Field(description="Why this is not done here.")
    until: Day = Field(description="The last day on which the waiver holds, as YYYY-MM-DD.")


class Evidence(Model):
    """What proves that an item is done: a file of this repository, or an address."""

    file: OneLine | None = Field(default=None, description="A file or folder of this repository, from its root.")
    contains: OneLine | None = Field(
        default=None, description="Text that the file must hold, so that the proof stays true."
    )
    url: WebAddress | None = Field(default=None, description="An address that shows the proof.")
    note: OneLine | None = Field(default=None, description="What the reader sees there.")

    @model_validator(mode="after")
    def _one_place(self) -> Evidence:
        if self.file and self.url:
            raise MistakeAtError("url", "evidence names a `file` or a `url`, not both; write two entries")
        if not self.file and not self.url:
            raise ValueError("this evidence names neither a `file` nor a `url`; it needs one of them")
        if self.contains and not self.file:
            raise MistakeAtError("contains", "`contains` goes with `file`; remove it, or name the file")
        return self


class Item(Model):
    """One practice. An item with sub-items has no status of its own: theirs decide it."""

    id: Annotated[Slug, Id("item", space=SPACE, reserved=RESERVED_IDS)] = Field(
        description="The permanent id; it is part of the address of the item's page."
    )
    title: OneLine = Field(description="What is to be done, on one line. Backticks mark code.")
    written: Annotated[Status | None, OwnName("statuses")] = Field(
        default=None, alias="status", description="todo (the default), doing, done or waived."
    )
    owner: OwnerName | None = Field(default=None, description="The id of the owner; else the area's owner.")
    evidence: tuple[Evidence, ...] = Field(default=(), description="What proves that the item is done.")
    waiver: ItemWaiver | None = Field(default=None, description="Required when the status is `waived`.")
    aliases: tuple[FormerItemId, ...] = Field(default=(), description="Former ids; their addresses lead here.")
    items: tuple[Item, ...] = Field(default=(), description="Sub-items.")

    @model_validator(mode="after")
    def _consistent(self) -> Item:
        if self.items and self.written:
            message = "an item with sub-items has no status of its own; remove `status`, theirs decide it"
            raise MistakeAtError("status", message)
        if self.written is Status.WAIVED and not self.waiver:
            raise MistakeAtError("status", "a waived item needs a `waiver` with a `reason` and an `until` date")
        if self.waiver and self.written is not Status.WAIVED:
            raise MistakeAtError("waiver", "a `waiver` goes with `status: waived`; write that status, or remove it")
        return self

    @property
    def status(self) -> Status:
        """Return the status as it was written, or the one that follows from the sub-items."""
        if not self.items:
            return self.written or Status.TODO
        counted = {item.status for item in self.items} - {Status.WAIVED}
        if not counted:
            return Status.WAIVED
        return counted.pop() if len(counted) == 1 else Status.DOING

    def walk(self) -> Iterator[Item]:
        """Yield this item, then its sub-items, in file order."""
        yield self
        for item in self.items:
            yield from item.walk()


class Group(Model):
    """Some items of an area under a heading of their own."""

    id: Annotated[Slug, Id("group", space=SPACE, reserved=RESERVED_IDS)] = Field(
        description="The permanent id; it is part of an address."
    )
    title: OneLine = Field(description="The heading of the group.")
    aliases: tuple[FormerItemId, ...] = Field(default=(), description="Former ids; their addresses lead here.")
    items: tuple[Item, ...] = Field(default=(), description="The items of the group, in the order of the page.")

    def walk(self) -> Iterator[Item]:
        """Yield every item of the group, including sub-items, in file order."""
        for item in self.items:
            yield from item.walk()


class Area(Model):
    """A field of practice. It holds items, or groups that hold items."""

    id: Annotated[Slug, Id("area", space=SPACE, reserved=RESERVED_IDS)] = Field(
        description="The permanent id; it is part of the address of the area's page."
    )
    title: OneLine = Field(description="The name of the area.")
    icon: Annotated[str, StringConstraints(min_length=1, max_length=16, pattern=r"^[^\s<>&]+$")] | None = Field(
        default=None, description="An emoji or another sign that stands before the title, without spaces."
    )
    summary: Text | None = Field(default=None, description="One or two sentences for the area's page and card.")
    owner: OwnerName | None = Field(default=None, description="The id of the owner of every item that names none.")
    aliases: tuple[FormerItemId, ...] = Field(default=(), description="Former ids; their addresses lead here.")
    items: tuple[Item, ...] = Field(default=(), description="Items that stand in the area itself.")
    groups: tuple[Group, ...] = Field(default=(), description="Items under headings of their own.")

    def walk(self) -> Iterator[Item]:
        """Yield every item of the area, including sub-items, in file order."""
        for item in self.items:
            yield from item.walk()
        for group in self.groups:
            yield from group.walk()


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


class Owner(Model):
    """Who looks after items, services and runbooks."""

    id: Annotated[Slug, Id("owner", "owner", "ids are unique")] = Field(
        description="The id that `owner` names elsewhere."
    )
    title: OneLine = Field(description="The name of the team or person.")
    contact: OneLine | None = Field(default=None, description="How to reach them, such as a chat channel.")


class Checklist(Model):
    """The whole checklist."""

    title: OneLine = Field(description="The name of the checklist, which the home page shows.")
    description: Text | None = Field(default=None, description="What the checklist is for, in a sentence or two.")
    closing: Text | None = Field(default=None, description="The last words of the checklist.")
    start: Day | None = Field(
        default=None, description="The first day of week 1; with it the roadmap shows dates and today."
    )
    owners: tuple[Owner, ...] = Field(default=(), description="Who `owner` may name.")
    areas: tuple[Area, ...] = Field(min_length=1, description="The areas of practice, in the order of the site.")
    phases: tuple[Phase, ...] = Field(default=(), description="The roadmap: which work comes first.")

    def walk(self) -> Iterator[Item]:
        """Yield every item, including sub-items, in file order: all that progress counts."""
        for area in self.areas:
            yield from area.walk()

    @cached_property
    def below(self) -> Mapping[str, tuple[Item, ...]]:
        """Return the items by the id of each area, group or item: all items below it, preceded by the item itself."""
        found = {area.id: tuple(area.walk()) for area in self.areas}
        for area in self.areas:
            found |= {group.id: tuple(group.walk()) for group in area.groups}
            found |= {item.id: tuple(item.walk()) for item in area.walk()}
        return found

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Return the position of each item in the file, by its id."""
        return {item.id: place for place, item in enumerate(self.walk())}
