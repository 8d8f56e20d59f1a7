"""Find which controls of which standards the items of the checklist cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opsbook.nouns.checklist.model.counting import Progress, progress
from opsbook.nouns.checklist.model.items import Item
from opsbook.nouns.checklist.model.traits import Control, Standard
from opsbook.nouns.checklist.model.whole import Checklist

_FIRST_WORD = re.compile(r"[^\s:/_-]+")


@dataclass(frozen=True)
class CoveredControl:
    """A control, and the items that name it, in file order."""

    control: Control
    items: tuple[Item, ...]

    @property
    def counts(self) -> Progress:
        """Return how far the items are."""
        return progress(self.items)


@dataclass(frozen=True)
class Coverage:
    """The controls of one standard. `standard` is None where the checklist declares none for them."""

    title: str
    standard: Standard | None
    controls: tuple[CoveredControl, ...]

    @property
    def key(self) -> str:
        """Return the id of the standard, or else the title."""
        return self.standard.id if self.standard else self.title

    @property
    def uncovered(self) -> tuple[Control, ...]:
        """Return the controls that no item names."""
        return tuple(each.control for each in self.controls if not each.items)

    @property
    def counts(self) -> Progress:
        """Return how far the items are that name a control, each counted once."""
        return progress({item.id: item for each in self.controls for item in each.items}.values())


def coverage(checklist: Checklist) -> tuple[Coverage, ...]:
    """Return the declared standards in file order; where there are none, the controls by the first word of their id.

    The controls of a standard stand in its own order, or else in that of their ids.
    """
    named = _items_by_control(checklist)
    if checklist.standards:
        return tuple(_covered(standard, named, checklist.standards) for standard in checklist.standards)
    return tuple(_undeclared(named))


def standard_by_control(checklist: Checklist) -> Mapping[str, str]:
    """Return the key of the standard of each control that some item names, by the id of the control."""
    return {row.control.id: each.key for each in coverage(checklist) for row in each.controls if row.items}


def covers_controls(checklist: Checklist) -> bool:
    """Return whether the checklist declares a standard, or an item names a control."""
    return bool(checklist.standards) or any(item.maps for item in checklist.walk())


def standard_of(control: str, standards: Sequence[Standard]) -> Standard | None:
    """Return the standard that lists the id `control`, or else the one with the longest prefix of it."""
    listing = (each for each in standards if any(control == listed.id for listed in each.controls))
    prefixed = [each for each in standards if each.prefix and control.startswith(each.prefix)]
    return next(listing, None) or max(prefixed, key=lambda each: len(each.prefix or ""), default=None)


def _items_by_control(checklist: Checklist) -> Mapping[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = {}
    for item in checklist.walk():
        for control in dict.fromkeys(item.maps):
            found.setdefault(control, []).append(item)
    return {control: tuple(items) for control, items in found.items()}


def _covered(standard: Standard, named: Mapping[str, tuple[Item, ...]], standards: tuple[Standard, ...]) -> Coverage:
    controls = standard.controls or tuple(
        Control(id=id) for id in sorted(named, key=in_order) if standard_of(id, standards) is standard
    )
    return Coverage(standard.title, standard, tuple(CoveredControl(each, named.get(each.id, ())) for each in controls))


def _undeclared(named: Mapping[str, tuple[Item, ...]]) -> Iterator[Coverage]:
    groups: dict[str, list[str]] = {}
    for id in sorted(named, key=in_order):
        first = _FIRST_WORD.search(id)
        groups.setdefault(first[0] if first else id, []).append(id)
    for title, ids in groups.items():
        yield Coverage(title, None, tuple(CoveredControl(Control(id=id), named[id]) for id in ids))


def in_order(id: str) -> tuple[tuple[bool, int, str], ...]:
    """Return the key that sorts ids as people count, `A-2` ahead of `A-10`."""
    parts = re.split(r"([0-9]{1,18})", id)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
