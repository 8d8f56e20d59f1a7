"""Hold what became of a plan, and see that the new text is as the plan says and nothing of the team is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opsbook.convert.merge.nodes import APART, OF_THE_TEAM, ListNode, ListNodes
from opsbook.convert.merge.plan import MergePlan, Move
from opsbook.convert.merge.values import ValueChange

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


class LostError(Exception):
    """The error of a merge that would lose or change what the team wrote: a fault of the engine, never of a user."""


def hold(before: ListNodes, after: ListNodes, done: Applied, plan: MergePlan) -> None:
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
    assert node.model
    dumped = node.model.model_dump(mode="json", by_alias=True)
    return {key: dumped[key] for key in sorted((OF_THE_TEAM | APART) - _MOVED) if key in dumped}
