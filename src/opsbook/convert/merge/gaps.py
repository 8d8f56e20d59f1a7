"""Pair what is left of two versions of a list by its neighbours, where its words allow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opsbook.convert.merge.matches import Matches
from opsbook.convert.merge.nodes import ListNodes
from opsbook.convert.merge.similar import NEAR, nearness, overlap

_HALF = 0.5
_MOST_IN_A_PLACE = 200
"""Of more items that are left over in one place, none is paired by its neighbours: each is compared with each."""


def pair_in_gaps(old: ListNodes, new: ListNodes, found: Matches) -> None:
    """Add to `found` the items between the same neighbours that share their words, as no other two there do."""
    gaps = _Gaps(old, new, found)
    old_places, new_places = found.places(old, new)
    for here, ids in new_places.items():
        if here in old_places and max(len(ids), len(old_places[here])) <= _MOST_IN_A_PLACE:
            gaps.pair(here, old_places[here], ids)


@dataclass(frozen=True)
class _Gaps:
    old: ListNodes
    new: ListNodes
    found: Matches

    def pair(self, here: str, olds: Sequence[str], news: Sequence[str]) -> None:
        """Pair those of `olds` and `news`, the items without a pair in what the old list calls `here`."""
        old_gaps = self.gaps(self.old, here, olds)
        for gap, ids in self.gaps(self.new, self.found.new_of[here], news).items():
            near = [(id, old) for id in ids for old in old_gaps.get(gap, ()) if self.shares_words(id, old)]
            of_new, of_old = Counter(id for id, _ in near), Counter(old for _, old in near)
            for id, old in near:
                if of_new[id] == of_old[old] == 1 and id not in self.found.unsure:
                    self.found.pair(id, old)

    def shares_words(self, new: str, old: str) -> bool:
        one, other = self.new.by_id[new].title, self.old.by_id[old].title
        return overlap(one, other) >= NEAR or nearness(one, other) >= _HALF

    def gaps(self, nodes: ListNodes, here: str, free: Sequence[str]) -> Mapping[tuple[str, str], list[str]]:
        """Return those of `free` by their nearest neighbours that stand in both versions of `here`."""
        found: dict[tuple[str, str], list[str]] = {}
        wanted, waiting, before = set(free), [], ""
        for id in (*nodes.below.get(here, ()), ""):
            if id in wanted:
                waiting.append(id)
            elif not id or (neighbour := self.neighbour(nodes, id)):
                after = neighbour if id else ""
                if waiting:
                    found[before, after] = waiting
                before, waiting = after, []
        return found

    def neighbour(self, nodes: ListNodes, id: str) -> str:
        """Return the old id of what stands in the same place in both lists; empty if it does not."""
        new = self.found.new_of.get(id) if nodes is self.old else id
        old = self.found.old_of.get(new) if new else None
        if new is None or old is None:
            return ""
        return old if self.found.old_of.get(self.new.by_id[new].within) == self.old.by_id[old].within else ""
