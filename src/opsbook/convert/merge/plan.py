"""Hold what a new version of a list changes in `checklist.yml`: values, new entries, moves and what is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

from opsbook.convert.merge.nodes import ListNode, ListNodes
from opsbook.convert.merge.values import KeptValue, ValueChange


@dataclass(frozen=True)
class Addition:
    """A new area, group or item with all that is new in it, and the id of what it goes into."""

    into: str
    new: str
    """Its id in the list."""


@dataclass(frozen=True)
class Move:
    """An item that the list has put elsewhere, and the area that it stood in where that is another one."""

    id: str
    into: str
    from_area: str | None


@dataclass(frozen=True)
class Unclear:
    """Something new in the list that may be one of several items, of which none is taken."""

    title: str
    new: str
    """Its id in the list, by which an alias can say which one it is."""
    maybe: tuple[str, ...]


@dataclass(frozen=True)
class Blocked:
    """Something in the list that cannot be taken, and why."""

    title: str
    id: str
    reason: str


@dataclass
class MergePlan:
    """All that a new version changes, and all that it does not."""

    ours: ListNodes
    theirs: ListNodes
    former: ListNodes
    is_known: bool
    """Whether it is remembered what the list said before."""
    mine: dict[str, str] = field(default_factory=dict)
    """The ids of `checklist.yml` by those of the list, for what is in both or is added."""
    values: list[ValueChange] = field(default_factory=list)
    kept: list[KeptValue] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    not_moved: list[Move] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """What is no longer in the list, innermost first."""
    left_out: list[ListNode] = field(default_factory=list)
    """What the team has taken out, or what is new in such a place."""
    unknown: int = 0
    """How many items are not in the list, where it is not remembered whether they ever were."""
    unclear: list[Unclear] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    remembered: list[ListNode] = field(default_factory=list)
    """What there is to remember of the list."""
    remembered_as: dict[str, str] = field(default_factory=dict)
    """The ids that are remembered, by those of `checklist.yml`: the team may have given others."""
