"""Hold which part of a list is which part of its former version, and what is still without a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.convert.merge.nodes import ListNode, ListNodes


@dataclass
class Matches:
    """The pairs of ids, new and old, and for each new id that may be one of several old ones those that it may be."""

    old_of: dict[str, str] = field(default_factory=dict)
    new_of: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def pair(self, new: str, old: str) -> None:
        """Record that `new` is what `old` was."""
        self.old_of[new], self.new_of[old] = old, new

    def free_old(self, nodes: ListNodes) -> Sequence[ListNode]:
        """Return those of the old `nodes` that have no pair."""
        return [node for node in nodes if node.id not in self.new_of]

    def free_new(self, nodes: ListNodes) -> Sequence[ListNode]:
        """Return those of the new `nodes` that have no pair."""
        return [node for node in nodes if node.id not in self.old_of]

    def places(self, old: ListNodes, new: ListNodes) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """Return the items without a pair, old and new, by the old id of what they stand in."""
        olds: dict[str, list[str]] = defaultdict(list)
        news: dict[str, list[str]] = defaultdict(list)
        for node in self.free_old(old):
            if node.kind == "item":
                olds[node.within].append(node.id)
        for node in self.free_new(new):
            if node.kind == "item" and (here := self.old_of.get(node.within)) is not None:
                news[here].append(node.id)
        return olds, news
