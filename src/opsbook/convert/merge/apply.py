"""Write a plan into the text of `checklist.yml`: values and new entries, then moves, then what is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from opsbook.convert.merge.applied import Applied, hold
from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.move_round import MoveRound
from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes, nodes_of
from opsbook.convert.merge.plan import MergePlan, Move
from opsbook.convert.merge.splice import SplicedYaml
from opsbook.convert.merge.spots import UnplaceableError
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import Checklist

LIST_OF = {"area": "areas", "group": "groups", "item": "items"}


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
            round_, later = MoveRound(now), []
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
    hold(before, writer.now, writer.done, plan)
    return writer.done


def _model(node: ListNode) -> BaseModel:
    assert node.model
    return node.model
