"""Plan what a new version of a list changes in `checklist.yml`: values, new entries, moves and what is gone.

What the team wrote stays: states, evidence, waivers, owners, ids, and each value that only the team has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from opsbook.convert.ids import TakenNames
from opsbook.convert.merge.match import Matches, match
from opsbook.convert.merge.memory import Memory
from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes
from opsbook.convert.merge.similar import plain_title
from opsbook.convert.merge.values import KeptValue, ValueChange, value_changes


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

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of `checklist.yml` changes."""
        return not (self.values or self.additions or self.moves or self.gone)


def make_plan(ours: ListNodes, theirs: ListNodes, memory: Memory | None) -> MergePlan:
    """Return what has to be done to `ours` so that it follows `theirs`."""
    former = _named(memory.nodes, ours) if memory else ours
    plan = MergePlan(ours, theirs, former, memory is not None)
    planner = _Planner(plan, match(former, theirs), _ours_of(former, ours))
    planner.find_ours()
    planner.plan_all()
    return plan


def _ours_of(former: ListNodes, ours: ListNodes) -> Mapping[str, str]:
    """Return the ids of `checklist.yml` by those that are remembered: the same, by alias, or by the title alone."""
    known = {(node.kind, node.id): node.id for node in ours}
    by_alias = {(node.kind, name): node.id for node in ours for name in node.names}
    found = {node.id: known.get((node.kind, node.id), by_alias.get((node.kind, node.id))) for node in former}
    used = set(found.values())
    free = _by_title(node for node in ours if node.id not in used)
    lost = _by_title(node for node in former if found[node.id] is None)
    for title, ids in lost.items():
        if len(ids) == len(free.get(title, ())) == 1:
            found[ids[0]] = free[title][0]
    return {id: one for id, one in found.items() if one is not None}


def _by_title(nodes: Iterator[ListNode]) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        found.setdefault((node.kind, plain_title(node.title) or node.title), []).append(node.id)
    return found


def _named(former: ListNodes, ours: ListNodes) -> ListNodes:
    """Return `former` with the names that the team has given: its ids and its aliases."""
    linked = _ours_of(former, ours)
    nodes = (
        replace(node, names=ours.by_id[linked[node.id]].names | {linked[node.id]}) if node.id in linked else node
        for node in former
    )
    return ListNodes({node.id: node for node in nodes})


@dataclass
class _Planner:
    plan: MergePlan
    matches: Matches
    ours_of: Mapping[str, str]
    new: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    """What is not taken before somebody decides."""

    def find_ours(self) -> None:
        """Record which id of `checklist.yml` is which one of the list, what is new, and what is unclear."""
        plan, used = self.plan, set(self.ours_of.values())
        for new, old in self.matches.old_of.items():
            if old in self.ours_of:
                plan.mine[new] = self.ours_of[old]
        own = _by_title(node for node in plan.ours if node.id not in used)
        names = {(n.kind, name): n.id for n in plan.ours if n.id not in used for name in (n.id, *n.names)}
        for node in plan.theirs:
            if node.id in self.matches.old_of:
                continue
            same = own.get((node.kind, plain_title(node.title) or node.title), [])
            former = names.get((node.kind, node.id)) or (same[0] if len(same) == 1 else None)
            if former and former not in used:
                used.add(former)
                plan.mine[node.id] = former
            elif node.id in self.matches.unsure:
                maybe = tuple(self.ours_of[old] for old in self.matches.unsure[node.id] if old in self.ours_of)
                if maybe:
                    self.waiting.add(node.id)
                    plan.unclear.append(Unclear(node.title, node.id, maybe))
                else:
                    self.new.add(node.id)
            else:
                self.new.add(node.id)

    def plan_all(self) -> None:
        taken = {name for node in self.plan.ours for name in (node.id, *node.names)}
        names = TakenNames()
        names.taken |= taken
        for node in self.plan.theirs:
            if node.id in self.new:
                self.add(node, names)
            elif node.id in self.plan.mine:
                self.change(node)
            elif node.id in self.matches.old_of:
                self.remember(node, self.matches.old_of[node.id])
                if self.plan.former.by_id[self.matches.old_of[node.id]].said != node.said:
                    self.plan.left_out.append(node)
        self.find_gone()

    def change(self, node: ListNode) -> None:
        plan, id = self.plan, self.plan.mine[node.id]
        ours, old = plan.ours.by_id[id], self.matches.old_of.get(node.id)
        former = plan.former.by_id[old] if plan.is_known and old is not None else None
        if former and id == ROOT:
            former = former if former.said.get("title") else None
        for found in value_changes(ours, node, former, plan.ours):
            if isinstance(found, KeptValue):
                plan.kept.append(found)
            else:
                plan.values.append(found)
        if id == ROOT:
            return self.remember(node, ROOT)
        self.place(node, ours, former)
        plan.remembered_as[id] = old if old is not None else id
        return self.remember(node, plan.remembered_as[id])

    def place(self, node: ListNode, ours: ListNode, former: ListNode | None) -> None:
        """Add a move to the plan where the list has put `node` elsewhere and the team has not."""
        plan, into = self.plan, self.plan.mine.get(node.within)
        if into is None or into == ours.within:
            return
        if former and self.matches.old_of.get(node.within) == former.within:  # Only the team has moved it.
            return
        move = Move(ours.id, into, self.area_left(node, ours, into))
        can_move = ours.kind == "item" and into not in plan.ours.walk(ours.id)
        if former is None or self.ours_of.get(former.within) != ours.within or not can_move:
            plan.not_moved.append(move)
        elif self.is_ticked(into):
            plan.blocked.append(Blocked(node.title, into, _TICKED))
        else:
            plan.moves.append(move)

    def area_left(self, node: ListNode, ours: ListNode, into: str) -> str | None:
        """Return the area that a move leads out of; None where it stays in it."""
        plan = self.plan
        to = plan.ours.area_of(into) if into in plan.ours.by_id else plan.mine.get(plan.theirs.area_of(node.id))
        area = plan.ours.area_of(ours.id)
        return area if area != to else None

    def is_ticked(self, id: str) -> bool:
        """Return whether an item has a state of its own, so that nothing can stand below it."""
        node = self.plan.ours.by_id.get(id)
        return node is not None and node.kind == "item" and bool(node.value("status"))

    def add(self, node: ListNode, names: TakenNames) -> None:
        """Add `node` to the plan as new, in what it stands in; what stands in something unclear waits with it."""
        plan, into = self.plan, self.plan.mine.get(node.within)
        if node.within in self.waiting:
            self.waiting.add(node.id)
            return
        if into is not None and self.is_ticked(into):
            self.waiting.add(node.id)
            plan.blocked.append(Blocked(node.title, into, _TICKED))
            return
        id = node.id
        if id in names.taken:
            id = names.claim(node.title, kind=node.kind, parent=into or "")
        names.taken.add(id)
        if into is None:  # The team has taken out what it stands in.
            plan.left_out.append(node)
        else:
            plan.mine[node.id] = id
            plan.additions.append(Addition(into, node.id))
        self.remember(node, id)

    def remember(self, node: ListNode, id: str) -> None:
        within = self.matches.old_of.get(node.within, self.plan.mine.get(node.within, node.within))
        self.plan.remembered.append(ListNode(node.kind, id, within if id != ROOT else ROOT, node.said, key=node.key))

    def find_gone(self) -> None:
        """Collect what the list no longer has, innermost first; what something unclear may be stays as it is."""
        plan = self.plan
        maybe = {id for each in plan.unclear for id in each.maybe}
        used = set(plan.mine.values())
        for node in plan.former:
            if node.id in self.matches.new_of or not plan.is_known:
                continue
            id = self.ours_of.get(node.id)
            if id in maybe:
                plan.remembered.append(node)
            elif id is not None and id not in used:
                plan.gone.append(id)
        plan.gone.reverse()
        if not plan.is_known:
            taken = set(plan.mine.values())
            plan.unknown = sum(node.kind == "item" and node.id not in taken for node in plan.ours)


_TICKED = "has a state of its own, and nothing can stand below it; remove its `status` to take this"
