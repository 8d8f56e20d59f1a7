"""Say by which words of its items a list can be filtered: only by those that some item has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.checklist.model.coverage import coverage
from opsbook.nouns.checklist.model.vocabulary import item_words
from opsbook.site.words import N_

LABELS = {"priority": N_("Priority"), "effort": N_("Effort"), "level": N_("Level"), "tag": N_("Tag")}


@dataclass(frozen=True)
class Choice:
    """A field of the filter: its name in the address, its label as a message, and its values with what they show."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def choices(checklist: Checklist) -> Iterator[Choice]:
    """Yield the fields that have a value, each value in the order of the checklist."""
    for name, label in LABELS.items():
        if words := item_words(checklist, name):
            yield Choice(name, label, tuple((word, word) for word in words))
    covered = [each for each in coverage(checklist) if any(row.items for row in each.controls)]
    if covered:
        yield Choice("standard", N_("Standard"), tuple((each.key, each.title) for each in covered))
