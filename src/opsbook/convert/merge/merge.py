"""Merge a new version of a list into the text of `checklist.yml`. It reads and writes no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from opsbook.convert.merge.applied import Applied
from opsbook.convert.merge.apply import apply_plan
from opsbook.convert.merge.carried import carried
from opsbook.convert.merge.guides import guide_hashes
from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.memory import Memory
from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes, nodes_of
from opsbook.convert.merge.plan import MergePlan, Move
from opsbook.convert.merge.planner import make_plan
from opsbook.convert.merge.report import ItemPlaces, ReportLine, undecided, update_report, update_summary
from opsbook.convert.merge.splice import SplicedYaml
from opsbook.nouns.checklist.load import identified, parse_checklist
from opsbook.nouns.checklist.model import Checklist, UpstreamList
from opsbook.problems import Problem, ProblemsError
from opsbook.source.references import marked, uniqueness_problems

Elsewhere = Callable[[str], Sequence[str]]
"""Returns what else carries something for an id: a guide, a file that names it."""


@dataclass(frozen=True)
class RemovedItem:
    """An item that was taken out, and the area that it stood in."""

    id: str
    area: str


@dataclass(frozen=True)
class Merged:
    """The new text of `checklist.yml`, what to remember of the list, and what there is to say."""

    text: str
    memory: Memory
    lines: tuple[ReportLine, ...]
    summary: str
    undecided: tuple[Problem, ...]
    ids: Mapping[str, str] = field(default_factory=dict)
    """The ids of `checklist.yml` by those of the list."""
    areas: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The area of each item, before and now; alike but for one that has moved, and for a new one."""
    removed: tuple[RemovedItem, ...] = ()


def merge(
    raw: str, name: str, theirs: Checklist, memory: Memory | None, upstream: UpstreamList, elsewhere: Elsewhere
) -> Merged:
    """Return `raw`, the text of the checklist that messages call `name`, with the new version `theirs` in it.

    Raise ProblemsError where the checklist has mistakes.
    """
    checklist, document = parse_checklist(ChangedText(raw).text, name)
    if twice := list(uniqueness_problems([(document, marked(checklist))])):
        raise ProblemsError(twice)
    ours = nodes_of(checklist)
    plan = make_plan(ours, nodes_of(theirs), memory)
    memory_of = {mine: plan.former.by_id.get(old) for old, mine in _known(plan).items()}

    def reasons(node: ListNode) -> Sequence[str]:
        return (*carried(node, memory_of.get(node.id), checklist), *elsewhere(node.id))

    version = f" since {upstream.version}" if upstream.version and not upstream.version.startswith("sha256:") else ""
    applied = apply_plan(raw, name, plan, reasons, f"no longer in the list{version}")
    at = {node.id: document.position(location) for location, node in identified(checklist)}
    places = ItemPlaces(name, {id: (position.line, position.column) for id, position in at.items()})
    return Merged(
        text=with_upstream(applied.text, upstream, checklist.upstream),
        memory=Memory(_remembered(plan, applied), memory.guides if memory else {}),
        lines=tuple(update_report(plan, applied)),
        summary=update_summary(plan, applied),
        undecided=tuple(undecided(plan, applied, places)),
        ids=plan.mine,
        areas=_new_areas(ours, nodes_of(parse_checklist(ChangedText(applied.text).text, name)[0])),
        removed=tuple(RemovedItem(node.id, ours.area_of(node.id)) for node in applied.removed if node.kind == "item"),
    )


def _new_areas(before: ListNodes, after: ListNodes) -> Mapping[str, tuple[str, str]]:
    areas = {node.id: after.area_of(node.id) for node in after if node.kind == "item"}
    return {id: (before.area_of(id) if id in before.by_id else area, area) for id, area in areas.items()}


def _remembered(plan: MergePlan, applied: Applied) -> ListNodes:
    """Return what to remember. What is left to be done by hand is remembered as it was, so that it is told again."""
    found = {node.id: node for node in plan.remembered}
    for each in applied.by_hand:
        id = plan.remembered_as.get(each.id, each.id)
        node, former = found[id], plan.former.by_id.get(id)
        if isinstance(each, Move):
            found[id] = replace(node, within=former.within if former else node.within)
        elif former and each.key in former.said:
            found[id] = replace(node, said={**node.said, each.key: former.said[each.key]})
        else:
            found[id] = replace(node, said={key: value for key, value in node.said.items() if key != each.key})
    return ListNodes(found)


def _known(plan: MergePlan) -> Mapping[str, str]:
    """Return the ids of `checklist.yml` by those that are remembered, for what still has the same id or an alias."""
    by_name = {name: node.id for node in plan.ours for name in (*node.names, node.id)}
    return {node.id: by_name[node.id] for node in plan.former if node.id in by_name}


def with_upstream(raw: str, upstream: UpstreamList, before: UpstreamList | None) -> str:
    """Return the text of a checklist with where it comes from in it, which was `before`."""
    if upstream == before:
        return raw
    spliced = SplicedYaml.of(raw)
    if before is None:
        spliced.set_value(ROOT, "upstream", upstream)
        return spliced.result()
    for key, old, new in zip(
        type(upstream).model_fields, before.__dict__.values(), upstream.__dict__.values(), strict=True
    ):
        if new and old != new:
            spliced.set_inner("upstream", key, new)
    return spliced.result()


def remembered(checklist: Checklist, pages: Mapping[str, str] = MappingProxyType({})) -> Memory:
    """Return what there is to remember of a list that was just imported as `checklist` and `pages`."""
    return Memory(nodes_of(checklist), guide_hashes(pages))
