"""Find which part of a list is which part of its former version: by id, then by title and place, then by likeness.

What may be two things is said to be so, and is never guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from opsbook.convert.merge.gaps import pair_in_gaps
from opsbook.convert.merge.matches import Matches
from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes
from opsbook.convert.merge.signs import are_controlled, first_control, has_own_id, long_text, whole_path
from opsbook.convert.merge.similar import MARGIN, by_word, near_titles, title_sign, title_words

_HALF = 0.5


def match(old: ListNodes, new: ListNodes) -> Matches:
    """Return which of the `new` nodes is which of the `old` ones."""
    matcher = _Matcher(old, new, Matches())
    matcher.found.pair(ROOT, ROOT)
    matcher.by(lambda node, _: node.key or None, lambda node, nodes: node.id if has_own_id(node, nodes) else None)
    if are_controlled(old) and are_controlled(new):
        matcher.by(lambda node, _: first_control(node))
    matcher.by(whole_path)
    matcher.by_names()
    matcher.by(lambda node, _: title_sign(node.title))
    matcher.by(lambda node, _: long_text(node))
    matcher.by(lambda node, _: title_words(node.title) if len(title_words(node.title)) > 1 else None)
    matcher.containers()
    matcher.by_likeness()
    pair_in_gaps(old, new, matcher.found)
    return matcher.found


@dataclass
class _Matcher:
    old: ListNodes
    new: ListNodes
    found: Matches

    def by(
        self,
        sign: Callable[[ListNode, ListNodes], Hashable | None],
        new_sign: Callable[[ListNode, ListNodes], Hashable | None] | None = None,
        *,
        in_order: bool = False,
    ) -> None:
        """Pair the nodes of a kind that alone have a sign, in the old list and in the new one.

        With `in_order`, as many that share a sign in both are paired in the order of the lists.
        """
        old, new = (
            self.signed(self.found.free_old(self.old), self.old, sign),
            self.signed(self.found.free_new(self.new), self.new, new_sign or sign),
        )
        for mark, ids in new.items():
            former = old.get(mark, [])
            if len(ids) == len(former) and (in_order or len(ids) == 1):
                for one, other in zip(ids, former, strict=True):
                    self.found.pair(one, other)

    @staticmethod
    def signed(
        free: Iterable[ListNode], nodes: ListNodes, sign: Callable[[ListNode, ListNodes], Hashable | None]
    ) -> Mapping[Hashable, list[str]]:
        found: dict[Hashable, list[str]] = defaultdict(list)
        for node in free:
            if (mark := sign(node, nodes)) is not None:
                found[node.kind, mark].append(node.id)
        return found

    def by_names(self) -> None:
        """Pair what is new with the old node that has its id among its aliases."""
        named = {(node.kind, name): node.id for node in self.found.free_old(self.old) for name in node.names}
        for node in self.found.free_new(self.new):
            if (former := named.get((node.kind, node.id))) and former not in self.found.new_of:
                self.found.pair(node.id, former)

    def containers(self) -> None:
        """Pair areas and groups that hold what the same old ones held, then those whose titles are near."""
        for kind in ("area", "group"):
            votes = self.votes(kind)
            for new, counts in votes.items():
                former, most = counts.most_common(1)[0]
                held = [each for each in self.old.walk(former) if self.old.by_id[each].kind == "item"]
                is_most = most > _HALF * sum(counts.values()) and most >= _HALF * len(held)
                if is_most and former not in self.found.new_of:
                    self.found.pair(new, former)
            self.likely(
                [node.id for node in self.found.free_new(self.new) if node.kind == kind],
                [node.id for node in self.found.free_old(self.old) if node.kind == kind],
            )

    def votes(self, kind: str) -> Mapping[str, Counter[str]]:
        """Return, for each new node of `kind` without a pair, how many of its items each old one held."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for new, old in self.found.old_of.items():
            if self.new.by_id[new].kind != "item":
                continue
            above = next((each for each in self.new.path(new) if self.new.by_id[each].kind == kind), "")
            former = next((each for each in self.old.path(old) if self.old.by_id[each].kind == kind), "")
            if above and former and above not in self.found.old_of and former not in self.found.new_of:
                votes[above][former] += 1
        return votes

    def title_here(self, node: ListNode, nodes: ListNodes) -> Hashable | None:
        """Return the title and where it stands, as the old list calls that place."""
        here = node.within if nodes is self.old else self.found.old_of.get(node.within)
        return None if here is None else (here, title_sign(node.title))

    def by_likeness(self) -> None:
        """Pair items in the same place whose titles are near each other."""
        before = -1
        while before != len(self.found.old_of):  # What stands below an item has its place once that item has a pair.
            before = len(self.found.old_of)
            self.by(self.title_here, in_order=True)
            old, new = self.found.places(self.old, self.new)
            for here, ids in new.items():
                self.likely(ids, old.get(here, []))

    def likely(self, new: Sequence[str], old: Sequence[str]) -> None:
        """Pair those of `new` and `old` that are nearest to each other by far; note those that no distance decides."""
        titles = [self.old.by_id[id].title for id in old]
        index = by_word(titles)
        near = {id: near_titles(self.new.by_id[id].title, index, titles) for id in new}
        rivals: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for id, scored in near.items():
            for score, number in scored:
                rivals[number].append((score, id))
        for score, id, number in sorted(((s, i, n) for i, each in near.items() for s, n in each[:1]), reverse=True):
            others = [s for s, n in near[id] if n != number and old[n] not in self.found.new_of]
            others += [s for s, i in rivals[number] if i != id and i not in self.found.old_of]
            if old[number] not in self.found.new_of and all(score - other >= MARGIN for other in others):
                self.found.pair(id, old[number])
        for id, scored in near.items():
            maybe = tuple(old[number] for _, number in scored if old[number] not in self.found.new_of)
            if id not in self.found.old_of and maybe:
                self.found.unsure[id] = maybe
