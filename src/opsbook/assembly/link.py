"""Make the graph of all that was loaded, and hold it to the marks in its models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import BaseModel

from opsbook.assembly.kinds import NODE_KINDS
from opsbook.graph import Graph, GraphLink, GraphNode
from opsbook.nouns.kind import Kind, Loaded, Record
from opsbook.problems import Problem
from opsbook.source.references import Id, Known, Marked, Names, marked, name_problems, uniqueness_problems


@dataclass(frozen=True)
class MarkedRecord:
    """A record, and the marked texts in its model."""

    record: Record
    marks: tuple[Marked, ...]


def read_marks(loaded: Iterable[Loaded]) -> tuple[MarkedRecord, ...]:
    """Return every record with the marked texts in its model."""
    records = (record for each in loaded for record in each.records)
    return tuple(MarkedRecord(record, _marks(record)) for record in records)


def _marks(record: Record) -> tuple[Marked, ...]:
    return tuple(marked(record.value, record.at)) if isinstance(record.value, BaseModel) else ()


def link(records: Iterable[MarkedRecord]) -> Graph:
    """Return the graph of `records`: a node for each id, a link for each name of a node that is there."""
    records = tuple(records)
    nodes: dict[tuple[str, str], GraphNode] = {}
    for each in records:
        for node in _nodes(each):
            before = nodes.get(node.key)
            nodes[node.key] = replace(node, file=before.file, line=before.line) if before and not node.file else node
    by_value = {id(node.value) for node in nodes.values()}
    values = [each.record.value for each in records if id(each.record.value) not in by_value]
    return Graph(
        nodes.values(),
        values,
        _links(records, nodes),
        texts={name: kind.text for name, kind in NODE_KINDS.items() if kind.text},
        indexes={name: kind.index for name, kind in NODE_KINDS.items() if kind.index},
    )


def _nodes(each: MarkedRecord) -> Iterator[GraphNode]:
    record = each.record
    if record.kind:
        yield _node(record.kind, record.id, record.value, record, record.at)
    for found in each.marks:
        if isinstance(found.mark, Id) and not found.mark.is_local:
            yield _node(found.mark.of, found.text, found.models[-1], record, found.at[:-1])


def _node(kind: str, id: str, value: object, record: Record, at: tuple[str | int, ...]) -> GraphNode:
    path = NODE_KINDS[kind].path
    return GraphNode(
        kind=kind,
        id=id,
        value=value,
        title=getattr(value, "title", id),
        file=record.places.path if record.places else record.file,
        line=record.places.position(at).line if record.places else 0,
        path=path(value) if path else None,
        aliases=tuple(getattr(value, "aliases", ())),
    )


def _links(records: Iterable[MarkedRecord], nodes: Mapping[tuple[str, str], GraphNode]) -> Iterator[GraphLink]:
    """Yield a link for each name, from the innermost node around it."""
    for each in records:
        sources = _sources(each)
        for found in each.marks:
            if not isinstance(found.mark, Names):
                continue
            source = next((sources[id(model)] for model in reversed(found.models) if id(model) in sources), None)
            target = next((nodes[kind, found.text] for kind in found.mark.kinds if (kind, found.text) in nodes), None)
            if source and target:
                yield GraphLink(nodes[source], target, found.field)


def _sources(each: MarkedRecord) -> Mapping[int, tuple[str, str]]:
    """Return the keys of the nodes in a record, by the identity of their models."""
    found = {
        id(each_mark.models[-1]): (each_mark.mark.of, each_mark.text)
        for each_mark in each.marks
        if isinstance(each_mark.mark, Id) and not each_mark.mark.is_local
    }
    return found | ({id(each.record.value): (each.record.kind, each.record.id)} if each.record.kind else {})


def mark_problems(records: Iterable[MarkedRecord], graph: Graph, unread: Iterable[Kind]) -> Iterator[Problem]:
    """Yield what is wrong with ids and names. What `unread` nouns would hold is named freely."""
    records = [each for each in records if each.record.places]
    places = [(each.record.places, each.marks) for each in records if each.record.places]
    yield from uniqueness_problems(places)
    known = _known(graph, {node.name for kind in unread for node in kind.nodes})
    for each in records:
        if each.record.places:
            yield from name_problems(each.record.places, each.marks, known)


def _known(graph: Graph, unread: set[str]) -> Mapping[str, Known]:
    found = {}
    for name, kind in NODE_KINDS.items():
        nodes = graph.nodes(name)
        former = {alias: node.id for node in nodes.values() for alias in node.aliases}
        found[name] = Known(None if name in unread else nodes, former, kind.hint, kind.called)
    return found
