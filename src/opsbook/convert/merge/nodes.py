"""Describe a checklist as a flat list of what has an id, each with what the list says of it and where it stands.

Three of these are compared: what the list said when it was last brought in, what it says now, and `checklist.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from opsbook.nouns.checklist.model import Area, Checklist, Group, Item

ROOT = ""
"""The id of the checklist itself, in which the areas stand."""

OF_THE_TEAM = frozenset({"id", "status", "owner", "evidence", "waiver", "aliases", "former_areas"})
"""The keys that a list from elsewhere never changes."""

INNER = frozenset({"areas", "groups", "items"})
APART = frozenset({"start", "owners", "phases", "upstream"})
"""The keys of the checklist as a whole that are the team's."""


@dataclass(frozen=True)
class ListNode:
    """An area, a group, an item, or the checklist itself. `said` is what the list says of it, by the key."""

    kind: str
    id: str
    within: str
    """The id of what it stands in."""
    said: Mapping[str, Any]
    key: str = ""
    """The id that the list itself, or its import, gives to it."""
    names: frozenset[str] = frozenset()
    """Other ids by which it is known: its aliases."""
    model: BaseModel | None = field(default=None, compare=False, repr=False)
    """Itself, where it stands in a file that was just read."""

    @property
    def title(self) -> str:
        """Return the title."""
        return str(self.said["title"])

    def value(self, key: str) -> object:
        """Return the value of a key of its model."""
        assert self.model
        fields = type(self.model).model_fields
        name = next((name for name, each in fields.items() if (each.alias or name) == key), key)
        return getattr(self.model, name)


@dataclass(frozen=True)
class ListNodes:
    """The nodes of a checklist in file order, by their ids, and the ids in each of them."""

    by_id: Mapping[str, ListNode]
    below: Mapping[str, Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        below: dict[str, list[str]] = {}
        for node in self.by_id.values():
            if node.id != ROOT:
                below.setdefault(node.within, []).append(node.id)
        object.__setattr__(self, "below", below)

    def __iter__(self) -> Iterator[ListNode]:
        return iter(self.by_id.values())

    def area_of(self, id: str) -> str:
        """Return the id of the area that `id` stands in, or is."""
        while self.by_id[id].within != ROOT:
            id = self.by_id[id].within
        return id

    def path(self, id: str) -> tuple[str, ...]:
        """Return the ids of what `id` stands in, from the area inwards."""
        found: list[str] = []
        while id != ROOT and (id := self.by_id[id].within) != ROOT:
            found.append(id)
        return tuple(reversed(found))

    def walk(self, id: str) -> Iterator[str]:
        """Yield `id` and every id below it."""
        yield id
        for below in self.below.get(id, ()):
            yield from self.walk(below)


def nodes_of(checklist: Checklist) -> ListNodes:
    """Return the nodes of `checklist`, the whole of it first."""
    root = ListNode("checklist", ROOT, ROOT, _said(checklist, apart=APART), model=checklist)
    return ListNodes({node.id: node for node in (root, *_areas(checklist))})


def _areas(checklist: Checklist) -> Iterator[ListNode]:
    for area in checklist.areas:
        yield _node("area", area, ROOT)
        yield from _items(area.items, area.id)
        for group in area.groups:
            yield _node("group", group, area.id)
            yield from _items(group.items, group.id)


def _items(items: Sequence[Item], within: str) -> Iterator[ListNode]:
    for item in items:
        yield _node("item", item, within)
        yield from _items(item.items, item.id)


def _node(kind: str, model: Area | Group | Item, within: str) -> ListNode:
    return ListNode(kind, model.id, within, _said(model), key=model.id, names=frozenset(model.aliases), model=model)


def _said(model: BaseModel, *, apart: frozenset[str] = OF_THE_TEAM) -> Mapping[str, Any]:
    """Return what a list may say: the keys of `model` that are not the team's and have another value than none."""
    dumped = model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(INNER))
    return {key: value for key, value in dumped.items() if key not in apart}
