"""Define the items of the checklist, and the areas and groups that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from opsbook.nouns.checklist.model.names import RESERVED_IDS, SPACE, FormerItemId, OwnerName
from opsbook.nouns.checklist.model.state import Evidence, ItemWaiver, Status
from opsbook.nouns.checklist.model.traits import ItemWord, WrittenLink
from opsbook.source.fields import Model, OneLine, Slug, Text
from opsbook.source.names import OwnName
from opsbook.source.references import Id
from opsbook.source.validate import MistakeAtError


class Item(Model):
    """One practice. An item with sub-items has no status of its own: theirs decide it."""

    id: Annotated[Slug, Id("item", space=SPACE, reserved=RESERVED_IDS)] = Field(
        description="The permanent id; it is part of the address of the item's page."
    )
    title: OneLine = Field(description="What is to be done, on one line. Backticks mark code.")
    text: Text | None = Field(
        default=None, description="What it means and why, in a few sentences; more belongs in its guide."
    )
    written: Annotated[Status | None, OwnName("statuses")] = Field(
        default=None, alias="status", description="todo (the default), doing, done or waived."
    )
    owner: OwnerName | None = Field(default=None, description="The id of the owner; else the area's owner.")
    priority: ItemWord | None = Field(
        default=None, description="How urgent it is, as one of `priorities` where the checklist has them."
    )
    effort: ItemWord | None = Field(
        default=None, description="How much work it is, as one of `efforts` where the checklist has them."
    )
    level: ItemWord | None = Field(
        default=None, description="The level that it belongs to, as one of `levels` where the checklist has them."
    )
    tags: tuple[ItemWord, ...] = Field(default=(), description="Words to find it by.")
    maps: tuple[ItemWord, ...] = Field(
        default=(), description="Ids of the controls of standards that it helps to meet, such as OSPS-AC-01.01."
    )
    links: tuple[WrittenLink, ...] = Field(
        default=(), description="Where to read more: mappings, or bare addresses and paths below docs/."
    )
    evidence: tuple[Evidence, ...] = Field(default=(), description="What proves that the item is done.")
    waiver: ItemWaiver | None = Field(default=None, description="Required when the status is `waived`.")
    aliases: tuple[FormerItemId, ...] = Field(default=(), description="Former ids; their addresses lead here.")
    former_areas: tuple[Slug, ...] = Field(
        default=(), description="Ids of the areas that it stood in before; its addresses there lead here."
    )
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

    @property
    def words(self) -> tuple[str, ...]:
        """Return the priority, effort and level that it has, its tags, and the ids of the controls that it names."""
        return tuple(filter(None, (self.priority, self.effort, self.level, *self.tags, *self.maps)))

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
