"""Decide what becomes of one value that the list, the team, or both have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opsbook.convert.merge.nodes import ListNode, ListNodes
from opsbook.convert.merge.signs import has_own_id


@dataclass(frozen=True)
class ValueChange:
    """A key of what is called `id`, with its value before and after; None is no value."""

    id: str
    key: str
    before: Any
    after: Any
    value: object
    """The value after, as the model has it."""


@dataclass(frozen=True)
class KeptValue:
    """A key that the list says otherwise than the team, whose value stays."""

    id: str
    key: str
    ours: Any
    theirs: Any


def value_changes(
    ours: ListNode, theirs: ListNode, former: ListNode | None, nodes: ListNodes
) -> Iterator[ValueChange | KeptValue]:
    """Yield what changes in `ours`, since `theirs` says other than it did before; None is for what is not known.

    What only the team has changed stays and is not told.
    """
    keys = [*theirs.said, *(key for key in ours.said if key not in theirs.said)]
    for key in keys:
        mine, new = ours.said.get(key), theirs.said.get(key)
        old = former.said.get(key) if former else mine if new is None else None
        is_known = former is not None
        if mine == new or (is_known and new == old) or (not is_known and new is None):
            continue
        if isinstance(new or old, list) and isinstance(mine or [], list):
            yield from _list_change(ours, theirs, key, _Sides(mine or [], new or [], old or []))
        elif (
            mine == old or (mine is None and not is_known) or (key == "title" and _is_as_imported(ours, former, nodes))
        ):
            yield ValueChange(ours.id, key, mine, new, theirs.value(key))
        else:
            yield KeptValue(ours.id, key, mine, new)


@dataclass(frozen=True)
class _Sides:
    mine: Sequence[Any]
    new: Sequence[Any]
    old: Sequence[Any]


def _list_change(ours: ListNode, theirs: ListNode, key: str, sides: _Sides) -> Iterator[ValueChange]:
    """Yield the list with what is new in it, without what the list dropped, and with all that the team has added."""
    values: dict[int, object] = {}
    for node in (ours, theirs):
        said, value = node.said.get(key, []), node.value(key)
        assert isinstance(value, tuple)
        values |= {id(each): model for each, model in zip(said, value, strict=True)}
    dropped = [each for each in sides.old if each not in sides.new]
    merged = [each for each in sides.mine if each not in dropped]
    known = [_called(each) for each in merged]
    merged += [each for each in sides.new if each not in sides.old and _called(each) not in known]
    if merged != list(sides.mine):
        value = tuple(values[id(each)] for each in merged)
        yield ValueChange(ours.id, key, list(sides.mine) or None, merged or None, value)


def _called(value: Any) -> Any:
    """Return by what an entry of a list is told apart: its id or what it leads to, else all of it."""
    keys = ("id", "url", "page", "file")
    return next((value[key] for key in keys if key in value), value) if isinstance(value, dict) else value


def _is_as_imported(ours: ListNode, former: ListNode | None, nodes: ListNodes) -> bool:
    """Return whether the team has left a title alone: without a memory, the id that was made of it still tells."""
    return former is None and not has_own_id(ours, nodes)


def shown_value(value: Any) -> str:
    """Return a value for a message."""
    match value:
        case None:
            return "none"
        case list():
            return ", ".join(shown_value(each) for each in value)
        case Mapping():
            return " ".join(str(each) for each in value.values())
    return " ".join(str(value).split())
