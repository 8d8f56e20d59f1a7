"""Define the model of `checklist.yml`, which `load` reads and nothing changes.

The same models give the JSON Schema that editors use, so a description here is what an author sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field

from opsbook.nouns.checklist.model.items import Area, Item
from opsbook.nouns.checklist.model.phases import Phase
from opsbook.nouns.checklist.model.state import Day
from opsbook.nouns.checklist.model.traits import ItemWord, Standard
from opsbook.nouns.checklist.model.upstream import UpstreamList
from opsbook.source.fields import Model, OneLine, Slug, Text
from opsbook.source.references import Id, Unique

FILE = "checklist.yml"


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
    upstream: UpstreamList | None = Field(default=None, description="The list elsewhere that this one was made of.")
    owners: tuple[Owner, ...] = Field(default=(), description="Who `owner` may name.")
    priorities: tuple[Annotated[ItemWord, Unique("priority", "priority")], ...] = Field(
        default=(), description="What `priority` of an item may be, the most urgent first."
    )
    efforts: tuple[Annotated[ItemWord, Unique("effort", "effort")], ...] = Field(
        default=(), description="What `effort` of an item may be, the smallest first."
    )
    levels: tuple[Annotated[ItemWord, Unique("level", "level")], ...] = Field(
        default=(), description="What `level` of an item may be, the first one first."
    )
    standards: tuple[Standard, ...] = Field(
        default=(), description="The standards whose controls items name under `maps`."
    )
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
