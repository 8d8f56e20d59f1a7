"""Tell what an update changes, what it keeps, and what somebody has to decide, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.convert.merge.applied import Applied
from opsbook.convert.merge.nodes import ROOT, ListNode
from opsbook.convert.merge.plan import MergePlan
from opsbook.convert.merge.values import ValueChange, shown_value
from opsbook.problems import Problem, Severity, counted
from opsbook.source.tree import short

_MOST = 120


@dataclass(frozen=True)
class ReportLine:
    """A line of the report. `sign` is that of a diff: `+`, `-`, `~`, `>` for a move, `=` for what stays."""

    sign: str
    text: str


def update_report(plan: MergePlan, applied: Applied) -> Iterator[ReportLine]:
    """Yield a line for each change, then one for all that stays though the list says otherwise."""
    yield from _values(plan, applied)
    for addition in plan.additions:
        node = plan.theirs.by_id[addition.new]
        yield ReportLine("+", f"new {node.kind}: {_called(node, plan.mine[node.id])}{_in(plan, addition.into)}")
    for move in plan.moves:
        if move not in applied.by_hand:
            node = plan.ours.by_id[move.id]
            yield ReportLine(">", f"moved: {_called(node)} from {_place(plan, node.within)}{_in(plan, move.into)}")
    for node in applied.removed:
        yield ReportLine("-", f"removed: {_called(node)}{_in(plan, node.within)}")
    for node, reasons in applied.held:
        yield ReportLine("=", f"no longer in the list, and stays: {_called(node)} has {', '.join(reasons)}")
    for move in plan.not_moved:
        node = plan.ours.by_id[move.id]
        yield ReportLine("=", f"stands elsewhere in the list, and stays: {_called(node)}; there{_in(plan, move.into)}")
    for kept in plan.kept:
        node = plan.ours.by_id[kept.id]
        yield ReportLine(
            "=",
            f"{kept.key} of {_called(node)} stays {short(shown_value(kept.ours), _MOST)!r}; the list says"
            f" {short(shown_value(kept.theirs), _MOST)!r}",
        )
    if plan.unknown:
        count = counted(plan.unknown, "item of yours is", "items of yours are")
        yield ReportLine("=", f"{count} not in the list, and it is not remembered whether they were: they stay")
    for node in plan.left_out:
        yield ReportLine("=", f"left out, since you have taken it or its place out: {node.title}")


def _values(plan: MergePlan, applied: Applied) -> Iterator[ReportLine]:
    for change in plan.values:
        if change in applied.by_hand:
            continue
        node = plan.ours.by_id[change.id]
        before, after = _side_by_side(shown_value(change.before), shown_value(change.after))
        if change.key == "title":
            state = _state(node)
            yield ReportLine("~", f"reworded: {node.id or 'the title'}{f' ({state})' if state else ''}")
            yield ReportLine("  -", before)
            yield ReportLine("  +", after)
        else:
            yield ReportLine("~", f"{change.key} of {_called(node)}")
            if change.before is not None:
                yield ReportLine("  -", before)
            if change.after is not None:
                yield ReportLine("  +", after)


def undecided(plan: MergePlan, applied: Applied, places: ItemPlaces) -> Iterator[Problem]:
    """Yield a problem for all that the list has and `checklist.yml` does not get before somebody decides."""
    for each in plan.unclear:
        maybe = ", ".join(f"`{id}`" for id in each.maybe)
        message = (
            f"`{short(each.title)}` of the list may be {maybe}, or new; write `aliases: [{each.new}]` to the one that"
            f" it is, or add an item with the id `{each.new}`"
        )
        yield places.problem(each.maybe[0], message)
    for blocked in plan.blocked:
        yield places.problem(
            blocked.id, f"`{short(blocked.title)}` of the list belongs below this, which {blocked.reason}"
        )
    for by_hand in applied.by_hand:
        if isinstance(by_hand, ValueChange):
            value = shown_value(by_hand.after)
            what = f"`{by_hand.key}` is {value} in the list; a comment is in the way, change it by hand"
        else:
            what = f"stands in `{by_hand.into}` in the list; the form of the file is in the way, move it by hand"
        yield places.problem(by_hand.id, what)


def update_summary(plan: MergePlan, applied: Applied) -> str:
    """Return how much changes."""
    reworded = sum(change.key == "title" for change in plan.values)
    items = [plan.theirs.by_id[addition.new].kind for addition in plan.additions]
    counts = [
        (items.count("area"), "new area", "new areas"),
        (items.count("group"), "new group", "new groups"),
        (items.count("item"), "new item", "new items"),
        (reworded, "reworded", "reworded"),
        (len(plan.values) - reworded, "other change", "other changes"),
        (len(plan.moves), "moved", "moved"),
        (len(applied.removed), "removed", "removed"),
        (len(applied.held), "kept though no longer in the list", "kept though no longer in the list"),
    ]
    return ", ".join(counted(count, one, many) for count, one, many in counts if count) or "nothing new"


@dataclass(frozen=True)
class ItemPlaces:
    """Where everything stands in `checklist.yml`."""

    path: str
    lines: dict[str, tuple[int, int]]

    def problem(self, id: str, message: str) -> Problem:
        """Return the problem `message` about what is called `id`."""
        line, column = self.lines.get(id, (0, 0))
        return Problem(self.path, line, column, message, Severity.ERROR)


def _side_by_side(before: str, after: str) -> tuple[str, str]:
    """Return two texts, cut so that where they begin to differ is seen."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    if same > _MOST // 2 and max(len(before), len(after)) > _MOST:
        before, after = (f"…{text[same - _MOST // 4 :]}" for text in (before, after))
    return short(before, _MOST), short(after, _MOST)


def _called(node: ListNode, id: str = "") -> str:
    return f"{short(node.title, _MOST)} ({id or node.id})" if node.id != ROOT else "the checklist"


def _place(plan: MergePlan, id: str) -> str:
    node = _find(id, plan)
    return node.title if node else id


def _find(id: str, plan: MergePlan) -> ListNode | None:
    if id in plan.ours.by_id:
        return plan.ours.by_id[id]
    return next((plan.theirs.by_id[new] for new, mine in plan.mine.items() if mine == id), None)


def _in(plan: MergePlan, id: str) -> str:
    return f", in {_place(plan, id)}" if id != ROOT else ""


def _state(node: ListNode) -> str:
    status = node.value("status") if node.kind == "item" else None
    return str(getattr(status, "value", "")) if status else ""
