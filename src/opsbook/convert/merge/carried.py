"""Say what the team has put into an area, a group or an item, so that nobody loses it unsaid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from opsbook.convert.merge.nodes import ListNode, ListNodes
from opsbook.nouns.checklist.model import Area, Checklist, Item, Status
from opsbook.problems import counted


def carried(node: ListNode, former: ListNode | None, checklist: Checklist) -> Iterator[str]:
    """Yield what `node` carries that its list did not bring, in words."""
    model = node.model
    if isinstance(model, Item):
        if model.written not in (None, Status.TODO):
            yield f"the status `{model.status.value}`"
        if model.evidence:
            yield "evidence"
        if model.former_areas:
            yield "a former address"
    if isinstance(model, (Item, Area)) and model.owner:
        yield "an owner"
    if node.names:
        yield "aliases"
    if former and former.said != node.said:
        yield "words of yours"
    if any(node.id in goal.items for phase in checklist.phases for goal in phase.goals):
        yield "a place in the roadmap"


def wiped(checklist: Checklist, nodes: ListNodes, by: ListNodes) -> str:
    """Return what of `checklist`, whose nodes are `nodes`, is gone where `by` takes its place; empty if nothing is."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in checklist.walk():
        counts["status", "statuses"] += item.written not in (None, Status.TODO)
        counts["piece of evidence", "pieces of evidence"] += len(item.evidence)
        counts["waiver", "waivers"] += item.waiver is not None
        counts["owner", "owners"] += item.owner is not None
    counts["former id", "former ids"] += sum(len(node.names) for node in nodes)
    counts["id", "ids"] += sum(node.id not in by.by_id for node in nodes)
    return ", ".join(counted(count, *words) for words, count in counts.items() if count)
