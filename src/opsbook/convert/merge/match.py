"""Find which part of a list is which part of its former version: by id, then by title and place, then by likeness.

What may be two things is said to be so, and is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.convert.ids import short_slug, slug
from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes
from opsbook.convert.merge.similar import (
    MARGIN,
    NEAR,
    by_word,
    near_titles,
    nearness,
    overlap,
    plain_title,
    title_words,
)

_COUNTED = re.compile(r"(?:-\d+)?$")
_NAMELESS = re.compile(r"(?:area|group|item|step)(?:-\d+)?$")
_LONG_TEXT = 40
"""A text of as many letters belongs to one item."""
_HALF = 0.5
_NEARLY_ALL = 0.9
_MOST_IN_A_PLACE = 200
"""Of more items that are left over in one place, none is paired by its neighbours: each is compared with each."""


@dataclass
class Matches:
    """The pairs of ids, new and old, and for each new id that may be one of several old ones those that it may be."""

    old_of: dict[str, str] = field(default_factory=dict)
    new_of: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def pair(self, new: str, old: str) -> None:
        """Record that `new` is what `old` was."""
        self.old_of[new], self.new_of[old] = old, new


def match(old: ListNodes, new: ListNodes) -> Matches:
    """Return which of the `new` nodes is which of the `old` ones."""
    matcher = _Matcher(old, new, Matches())
    matcher.found.pair(ROOT, ROOT)
    matcher.by(lambda node, _: node.key or None, lambda node, nodes: node.id if has_own_id(node, nodes) else None)
    if _are_keyed(old) and _are_keyed(new):
        matcher.by(lambda node, _: _control(node))
    matcher.by(_whole_path)
    matcher.by_names()
    matcher.by(lambda node, _: plain_title(node.title) or node.title)
    matcher.by(lambda node, _: _long_text(node))
    matcher.by(lambda node, _: title_words(node.title) if len(title_words(node.title)) > 1 else None)
    matcher.containers()
    matcher.by_likeness()
    matcher.in_the_same_gap()
    return matcher.found


def has_own_id(node: ListNode, nodes: ListNodes) -> bool:
    """Return whether the id of `node` was written by somebody, and not made of its title by an import."""
    made_of = {*slug(short_slug(node.title), most=1000).split("-"), *slug(node.title, most=1000).split("-")}
    if not any(made_of) or _NAMELESS.search(node.id):
        return False
    above = {word for id in nodes.path(node.id) for word in id.split("-")}
    parts = _COUNTED.sub("", node.id).split("-")
    return not all(part in made_of | above for part in parts)


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
            self.signed(self.free_old(), self.old, sign),
            self.signed(self.free_new(), self.new, new_sign or sign),
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

    def free_old(self) -> Iterable[ListNode]:
        return [node for node in self.old if node.id not in self.found.new_of]

    def free_new(self) -> Iterable[ListNode]:
        return [node for node in self.new if node.id not in self.found.old_of]

    def by_names(self) -> None:
        """Pair what is new with the old node that has its id among its aliases."""
        named = {(node.kind, name): node.id for node in self.free_old() for name in node.names}
        for node in self.free_new():
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
                [node.id for node in self.free_new() if node.kind == kind],
                [node.id for node in self.free_old() if node.kind == kind],
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
        return None if here is None else (here, plain_title(node.title) or node.title)

    def by_likeness(self) -> None:
        """Pair items in the same place whose titles are near each other."""
        before = -1
        while before != len(self.found.old_of):  # What stands below an item has its place once that item has a pair.
            before = len(self.found.old_of)
            self.by(self.title_here, in_order=True)
            old, new = self.places()
            for here, ids in new.items():
                self.likely(ids, old.get(here, []))

    def places(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """Return the items without a pair, old and new, by the old id of what they stand in."""
        old: dict[str, list[str]] = defaultdict(list)
        new: dict[str, list[str]] = defaultdict(list)
        for node in self.free_old():
            if node.kind == "item":
                old[node.within].append(node.id)
        for node in self.free_new():
            if node.kind == "item" and (here := self.found.old_of.get(node.within)) is not None:
                new[here].append(node.id)
        return old, new

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

    def in_the_same_gap(self) -> None:
        """Pair an old and a new item between the same neighbours that share their words, as no other two there do."""
        old_places, new_places = self.places()
        for here, ids in new_places.items():
            if here not in old_places or len(ids) > _MOST_IN_A_PLACE or len(old_places[here]) > _MOST_IN_A_PLACE:
                continue
            old_gaps = self.gaps(self.old, here, old_places[here])
            for gap, found in self.gaps(self.new, self.found.new_of[here], ids).items():
                near = [(id, old) for id in found for old in old_gaps.get(gap, ()) if self.shares_words(id, old)]
                news, olds = Counter(id for id, _ in near), Counter(old for _, old in near)
                for id, old in near:
                    if news[id] == olds[old] == 1 and id not in self.found.unsure:
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


def _whole_path(node: ListNode, nodes: ListNodes) -> Hashable:
    """Return the titles of all that `node` stands in, and its own."""
    return (*(plain_title(nodes.by_id[id].title) for id in nodes.path(node.id)), plain_title(node.title) or node.title)


def _control(node: ListNode) -> str | None:
    """Return the first control that an item names: in a list of a standard, its own id there."""
    maps = node.said.get("maps")
    return str(maps[0]) if isinstance(maps, list) and maps else None


def _are_keyed(nodes: ListNodes) -> bool:
    """Return whether most items name a control, and hardly two of them the same: then it tells each apart."""
    items = [node for node in nodes if node.kind == "item"]
    named = [control for node in items if (control := _control(node))]
    return len(named) > _HALF * len(items) and len(set(named)) >= _NEARLY_ALL * len(named)


def _long_text(node: ListNode) -> str | None:
    text = node.said.get("text")
    return text if isinstance(text, str) and len(text) >= _LONG_TEXT else None
