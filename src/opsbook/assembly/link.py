"""Make the graph of everything that was loaded, and check its ids and names by the marks in the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import BaseModel

from opsbook.assembly.kinds import NODE_KINDS
from opsbook.graph import Graph, GraphLink, GraphNode
from opsbook.nouns.kind import Kind, Loaded, Record
from opsbook.problems import Problem, first_problems
from opsbook.source.references import Former, Id, Known, Marked, Names, marked, name_problems, uniqueness_problems
from opsbook.source.tree import Location


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
    """Return the graph of `records`: a node for each id, and a link for each name of a node that exists."""
    records = tuple(records)
    nodes = _nodes(records)
    by_value = {id(node.value) for node in nodes.values()}
    values = [each.record.value for each in records if id(each.record.value) not in by_value]
    return Graph(
        nodes.values(),
        values,
        _links(records, nodes),
        texts={name: kind.text for name, kind in NODE_KINDS.items() if kind.text},
        indexes={name: kind.index for name, kind in NODE_KINDS.items() if kind.index},
        headings={name: kind.heading for name, kind in NODE_KINDS.items() if kind.heading},
    )


@dataclass(frozen=True)
class _Found:
    """The value of a node, and where it is written."""

    value: object
    record: Record
    at: Location
    aliases: tuple[str, ...] = ()


def _nodes(records: Iterable[MarkedRecord]) -> dict[tuple[str, str], GraphNode]:
    """Return the nodes by kind and id. A record that names its node wins over a model whose field marks the id."""
    found: dict[tuple[str, str], _Found] = {}
    for each in records:
        former = _former(each)
        for key, model, at in _identified(each):
            found.setdefault(key, _Found(model, each.record, at, tuple(former.get(id(model), ()))))
    for each in records:
        if each.record.kind:
            key = (each.record.kind, each.record.id)
            written = found.get(key, _Found(None, each.record, each.record.at))
            found[key] = replace(written, value=each.record.value)
    return {key: _node(*key, each) for key, each in found.items()}


def _identified(each: MarkedRecord) -> Iterator[tuple[tuple[str, str], BaseModel, Location]]:
    """Yield, for each model in a record that has an id: its key, the model, and its location."""
    for found in each.marks:
        if isinstance(found.mark, Id) and not found.mark.is_local:
            yield (found.mark.of, found.text), found.models[-1], found.at[:-1]


def _former(each: MarkedRecord) -> Mapping[int, list[str]]:
    """Return the former ids in a record, by the identity of the models that had them."""
    former: dict[int, list[str]] = {}
    for found in each.marks:
        if isinstance(found.mark, Former):
            former.setdefault(id(found.models[-1]), []).append(found.text)
    return former


def _node(kind: str, id: str, found: _Found) -> GraphNode:
    places, path = found.record.places, NODE_KINDS[kind].path
    return GraphNode(
        kind=kind,
        id=id,
        value=found.value,
        title=getattr(found.value, "title", id),
        file=places.path if places else found.record.file,
        line=places.position(found.at).line if places else 0,
        path=path(found.value) if path else None,
        aliases=found.aliases,
    )


def _links(records: Iterable[MarkedRecord], nodes: Mapping[tuple[str, str], GraphNode]) -> Iterator[GraphLink]:
    """Yield a link for each name, from the innermost node that contains it."""
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
    found = {id(model): key for key, model, _ in _identified(each)}
    return found | ({id(each.record.value): (each.record.kind, each.record.id)} if each.record.kind else {})


def mark_problems(records: Iterable[MarkedRecord], graph: Graph, unread: Iterable[Kind]) -> Iterator[Problem]:
    """Yield what is wrong with ids and names. Names of `unread` nouns are not checked."""
    records = [each for each in records if each.record.places]
    places = [(each.record.places, each.marks) for each in records if each.record.places]
    yield from first_problems(uniqueness_problems(sorted(places, key=lambda each: each[0].path)))
    known = _known(graph, {node.name for kind in unread for node in kind.nodes})
    for each in records:
        if each.record.places:
            yield from first_problems(name_problems(each.record.places, each.marks, known))


def _known(graph: Graph, unread: set[str]) -> Mapping[str, Known]:
    found = {}
    for name, kind in NODE_KINDS.items():
        nodes = graph.nodes(name)
        former = {alias: node.id for node in nodes.values() for alias in node.aliases}
        found[name] = Known(None if name in unread else nodes, former, kind.hint, kind.called)
    return found
