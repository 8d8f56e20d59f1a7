"""Plan what a new version of a list changes in `checklist.yml`, and what it does not.

What the team wrote stays: states, evidence, waivers, owners, ids, and each value that only the team has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opsbook.convert.ids import TakenNames
from opsbook.convert.merge.match import match
from opsbook.convert.merge.matches import Matches
from opsbook.convert.merge.memory import Memory
from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes
from opsbook.convert.merge.plan import Addition, Blocked, MergePlan, Move, Unclear
from opsbook.convert.merge.remembered_ids import by_title, linked_ids, with_given_names
from opsbook.convert.merge.similar import title_sign
from opsbook.convert.merge.values import KeptValue, value_changes

_TICKED = "has a state of its own, and nothing can stand below it; remove its `status` to take this"


def make_plan(ours: ListNodes, theirs: ListNodes, memory: Memory | None) -> MergePlan:
    """Return what has to be done to `ours` so that it follows `theirs`."""
    linked = linked_ids(memory.nodes if memory else ours, ours)
    former = with_given_names(memory.nodes, ours, linked) if memory else ours
    planner = _Planner(MergePlan(ours, theirs, former, memory is not None), match(former, theirs), linked)
    planner.find_ours()
    planner.plan_all()
    return planner.plan


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
        own = by_title(node for node in plan.ours if node.id not in used)
        names = {(n.kind, name): n.id for n in plan.ours if n.id not in used for name in (n.id, *n.names)}
        for node in plan.theirs:
            if node.id in self.matches.old_of:
                continue
            same = own.get((node.kind, title_sign(node.title)), [])
            maybe = tuple(self.ours_of[old] for old in self.matches.unsure.get(node.id, ()) if old in self.ours_of)
            former = names.get((node.kind, node.id)) or (same[0] if len(same) == 1 else None)
            if former and former not in used:
                used.add(former)
                plan.mine[node.id] = former
            elif maybe:
                self.waiting.add(node.id)
                plan.unclear.append(Unclear(node.title, node.id, maybe))
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
        plan, used = self.plan, set(self.plan.mine.values())
        if not plan.is_known:
            plan.unknown = sum(node.kind == "item" and node.id not in used for node in plan.ours)
            return
        maybe = {id for each in plan.unclear for id in each.maybe}
        for node in plan.former:
            if node.id in self.matches.new_of:
                continue
            id = self.ours_of.get(node.id)
            if id in maybe:
                plan.remembered.append(node)
            elif id is not None and id not in used:
                plan.gone.append(id)
        plan.gone.reverse()
