"""List the words that items carry, each kind in the order that the checklist gives, and sort items by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from opsbook.nouns.checklist.model.coverage import in_order
from opsbook.nouns.checklist.model.items import Item
from opsbook.nouns.checklist.model.whole import Checklist

DECLARED: Mapping[str, str] = {"priority": "priorities", "effort": "efforts", "level": "levels"}
"""The key of the checklist that declares the words, by the field of an item that holds one of them."""

WORDS: Mapping[str, Callable[[Item], tuple[str, ...]]] = {
    "priority": lambda item: (item.priority,) if item.priority else (),
    "effort": lambda item: (item.effort,) if item.effort else (),
    "level": lambda item: (item.level,) if item.level else (),
    "tag": lambda item: item.tags,
}
"""The words of an item, by their kind."""


def declared_words(checklist: Checklist, kind: str) -> tuple[str, ...]:
    """Return the words of one kind that the checklist declares, in its order."""
    words: tuple[str, ...] = getattr(checklist, DECLARED[kind]) if kind in DECLARED else ()
    return words


def item_words(checklist: Checklist, kind: str) -> tuple[str, ...]:
    """Return the words of one kind that some item has, each once: in the declared order, else as people count."""
    used = {word for item in checklist.walk() for word in WORDS[kind](item)}
    declared = declared_words(checklist, kind)
    return (*(word for word in declared if word in used), *sorted(used - set(declared), key=in_order))


def by_priority(checklist: Checklist, items: Iterable[Item]) -> Sequence[Item]:
    """Return `items`, those of the first declared priority first, and those without a declared one last."""
    rank = {word: place for place, word in enumerate(checklist.priorities)}
    return sorted(items, key=lambda item: rank.get(item.priority or "", len(rank)))
