"""Write a plan into the text of `checklist.yml`: values and new entries, then moves, then what is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.nodes import APART, OF_THE_TEAM, ROOT, ListNode, ListNodes, nodes_of
from opsbook.convert.merge.plan import MergePlan, Move
from opsbook.convert.merge.splice import SplicedYaml
from opsbook.convert.merge.spots import UnplaceableError
from opsbook.convert.merge.values import ValueChange
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import Checklist

LIST_OF = {"area": "areas", "group": "groups", "item": "items"}
_MOVED = frozenset({"former_areas", "upstream"})
"""The keys of the team that an update writes itself."""


@dataclass
class Applied:
    """The text with a plan in it, and what of the plan the form of the file left no room for."""

    text: str
    by_hand: list[ValueChange | Move] = field(default_factory=list)
    removed: list[ListNode] = field(default_factory=list)
    held: list[tuple[ListNode, tuple[str, ...]]] = field(default_factory=list)
    """What is no longer in the list and stays, with what it carries."""


@dataclass
class _Writer:
    plan: MergePlan
    name: str
    done: Applied
    reasons: Callable[[ListNode], Sequence[str]]
    mark: str

    @property
    def now(self) -> ListNodes:
        """Return the nodes of the text as it is now."""
        return nodes_of(self.checklist())

    def checklist(self) -> Checklist:
        return parse_checklist(ChangedText(self.done.text).text, self.name)[0]

    def values_and_additions(self) -> None:
        spliced, plan = SplicedYaml.of(self.done.text), self.plan
        for change in plan.values:
            try:
                if change.after is None:
                    spliced.remove_key(change.id, change.key)
                else:
                    spliced.set_value(change.id, change.key, change.value)
            except UnplaceableError:
                self.done.by_hand.append(change)
        for move in plan.moves:
            if move.from_area:
                self.leave_address(spliced, move)
        added = {addition.new for addition in plan.additions}
        leaving = {move.id for move in plan.moves}
        for addition in plan.additions:
            node = plan.theirs.by_id[addition.new]
            if node.within in added:
                continue
            after = self.anchor(node, plan.ours, addition.into, leaving)
            model = self.subtree(node, added)
            spliced.lists.add(addition.into, LIST_OF[node.kind], model, after=after)
        self.done.text = spliced.result()

    def leave_address(self, spliced: SplicedYaml, move: Move) -> None:
        """Let the addresses lead on that an item and what stands below it have in the area that it leaves."""
        for id in self.plan.ours.walk(move.id):
            before = self.plan.ours.by_id[id].value("former_areas")
            assert isinstance(before, tuple)
            if move.from_area not in before:
                spliced.set_value(id, "former_areas", (*before, move.from_area))

    def subtree(self, node: ListNode, added: set[str]) -> BaseModel:
        """Return the model of a new node under its new id, with what is new in it."""
        below = [self.plan.theirs.by_id[id] for id in self.plan.theirs.below.get(node.id, ()) if id in added]
        lists = {
            LIST_OF[kind]: tuple(self.subtree(each, added) for each in below if each.kind == kind)
            for kind in ("group", "item")
            if LIST_OF[kind] in type(_model(node)).model_fields
        }
        return _model(node).model_copy(update={"id": self.plan.mine[node.id], **lists})

    def anchor(self, node: ListNode, now: ListNodes, into: str, leaving: set[str]) -> str | None:
        """Return the entry that `node` is to stand behind, of those that are there and stay; None for none."""
        theirs = self.plan.theirs
        beside = [each for each in theirs.below[node.within] if theirs.by_id[each].kind == node.kind]
        for each in reversed(beside[: beside.index(node.id)]):
            mine = self.plan.mine.get(each, "")
            there = now.by_id.get(mine)
            if there and there.within == into and there.kind == node.kind and mine not in leaving:
                return mine
        return None

    def moves(self) -> None:
        """Move entries, in rounds: nothing is moved together with what it stands in, or into."""
        waiting = list(self.plan.moves)
        theirs_of = {mine: new for new, mine in self.plan.mine.items()}
        while waiting:
            now, spliced = self.now, SplicedYaml.of(self.done.text)
            leaving = {move.id for move in waiting}
            round_, later = _Round(now), []
            for move in waiting:
                if not round_.takes(move):
                    later.append(move)
                    continue
                node = self.plan.theirs.by_id[theirs_of[move.id]]
                try:
                    spliced.lists.move(move.id, move.into, "items", after=self.anchor(node, now, move.into, leaving))
                except UnplaceableError:
                    self.done.by_hand.append(move)
            self.done.text = spliced.result()
            waiting = later

    def gone(self) -> None:
        """Take out what is no longer in the list and carries nothing; mark what stays."""
        now, spliced = self.now, SplicedYaml.of(self.done.text)
        out: set[str] = set()
        for id in self.plan.gone:
            node = now.by_id.get(id)
            if node is None:
                continue
            left = [each for each in now.below.get(id, ()) if each not in out]
            reasons = (*(["what stands below it"] if left else []), *self.reasons(node))
            if not reasons and spliced.has_comment(id):
                reasons = ("a comment",)
            if not reasons and node.kind == "area" and len(now.below[ROOT]) - len(out & set(now.below[ROOT])) == 1:
                reasons = ("it is the only area",)
            if reasons:
                self.done.held.append((node, reasons))
                if node.kind == "item":
                    spliced.mark(id, self.mark)
            else:
                out.add(id)
                self.done.removed.append(node)
        for id in out:
            if now.by_id[id].within not in out:
                spliced.lists.remove(id)
        self.done.text = spliced.result()


@dataclass
class _Round:
    """The moves that can be made in one go."""

    now: ListNodes
    moving: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)

    def takes(self, move: Move) -> bool:
        """Return whether `move` can be made too, and take it."""
        within = self.now.by_id[move.id].within
        around = {*self.now.path(move.id), *self.now.path(move.into), move.into}
        inside = set(self.now.walk(move.id))
        empties = within in self.targets and self.left[within] + 1 == self.items(within)
        is_emptied = self.left[move.into] and self.left[move.into] == self.items(move.into)
        if around & self.moving or inside & (self.moving | self.targets) or empties or is_emptied:
            return False
        self.moving.add(move.id)
        self.targets.add(move.into)
        self.left[within] += 1
        return True

    def items(self, id: str) -> int:
        """Return how many items stand right in what is called `id`."""
        return sum(self.now.by_id[each].kind == "item" for each in self.now.below.get(id, ()))


def apply_plan(
    text: str, name: str, plan: MergePlan, reasons: Callable[[ListNode], Sequence[str]], mark: str
) -> Applied:
    """Return `text`, which messages call `name`, with `plan` in it.

    `reasons` says what something that is no longer in the list carries; without any it is taken out, else `mark` is
    written above it. Raise LostError where something of the team would be lost: nothing is to be written then.
    """
    before = nodes_of(parse_checklist(ChangedText(text).text, name)[0])
    writer = _Writer(plan, name, Applied(text), reasons, mark)
    writer.values_and_additions()
    writer.moves()
    writer.gone()
    _hold(before, writer.now, writer.done, plan)
    return writer.done


class LostError(Exception):
    """The error of a merge that would lose or change what the team wrote: a fault of the engine, never of a user."""


def _hold(before: ListNodes, after: ListNodes, done: Applied, plan: MergePlan) -> None:
    """Raise LostError unless everything is as it was, but for what the plan says."""
    removed = {node.id for node in done.removed}
    by_hand = {(each.id, each.key) for each in done.by_hand if isinstance(each, ValueChange)}
    stays = {each.id for each in done.by_hand if isinstance(each, Move)}
    moved = {move.id: move.into for move in plan.moves if move.id not in stays}
    changes: dict[str, dict[str, object]] = {}
    for each in plan.values:
        if (each.id, each.key) not in by_hand:
            changes.setdefault(each.id, {})[each.key] = each.after
    for node in before:
        if node.id in removed:
            continue
        now = after.by_id.get(node.id)
        said = {key: value for key, value in {**node.said, **changes.get(node.id, {})}.items() if value is not None}
        wanted = (said, moved.get(node.id, node.within), _team(node))
        if now is None or (now.said, now.within, _team(now)) != wanted:
            raise LostError(f"`{node.id}` would not be what it should")


def _team(node: ListNode) -> Mapping[str, object]:
    """Return what the team alone writes about `node`."""
    dumped = _model(node).model_dump(mode="json", by_alias=True)
    return {key: dumped[key] for key in sorted((OF_THE_TEAM | APART) - _MOVED) if key in dumped}


def _model(node: ListNode) -> BaseModel:
    assert node.model
    return node.model
