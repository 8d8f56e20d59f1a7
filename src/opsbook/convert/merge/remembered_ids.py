"""Find what is remembered of a list in `checklist.yml`, where the team may have given it another id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from opsbook.convert.merge.nodes import ListNode, ListNodes
from opsbook.convert.merge.similar import title_sign


def linked_ids(former: ListNodes, ours: ListNodes) -> Mapping[str, str]:
    """Return the ids of `checklist.yml` by those that are remembered: the same, by alias, or by the title alone."""
    known = {(node.kind, node.id): node.id for node in ours}
    by_alias = {(node.kind, name): node.id for node in ours for name in node.names}
    found = {node.id: known.get((node.kind, node.id), by_alias.get((node.kind, node.id))) for node in former}
    used = set(found.values())
    free = by_title(node for node in ours if node.id not in used)
    lost = by_title(node for node in former if found[node.id] is None)
    for title, ids in lost.items():
        if len(ids) == len(free.get(title, ())) == 1:
            found[ids[0]] = free[title][0]
    return {id: one for id, one in found.items() if one is not None}


def by_title(nodes: Iterable[ListNode]) -> Mapping[tuple[str, str], list[str]]:
    """Return the ids of `nodes` by their kinds and titles."""
    found: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        found.setdefault((node.kind, title_sign(node.title)), []).append(node.id)
    return found


def with_given_names(former: ListNodes, ours: ListNodes, linked: Mapping[str, str]) -> ListNodes:
    """Return `former` with the names that the team has given: its ids, as `linked` has them, and its aliases."""
    nodes = (
        replace(node, names=ours.by_id[linked[node.id]].names | {linked[node.id]}) if node.id in linked else node
        for node in former
    )
    return ListNodes({node.id: node for node in nodes})
