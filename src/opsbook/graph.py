"""Hold everything that the files of a handbook say, and what in it names what: the graph that every page is made from.

The graph knows no noun. A thing that others may name is a node, by its kind and id; what has no id is found by the
class of its model.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from opsbook.problems import counted

T = TypeVar("T")


@dataclass(frozen=True)
class GraphNode:
    """A thing that others may name. `value` is its model, `path` the source address of its page where it has one."""

    kind: str
    id: str
    value: Any = field(repr=False)
    title: str
    file: str
    """The file that it is written in, as messages call it."""
    line: int = 0
    path: str | None = None
    aliases: tuple[str, ...] = ()
    """Former ids."""

    @property
    def key(self) -> tuple[str, str]:
        """Return the kind and id that identify this node."""
        return (self.kind, self.id)


@dataclass(frozen=True)
class GraphLink:
    """A link from one node to another, through the field `field` of the first one's model or of a model below it."""

    source: GraphNode
    target: GraphNode
    field: str


class Graph:
    """Every value by its class, every node by its kind and id, and every link from both of its ends."""

    def __init__(
        self,
        nodes: Iterable[GraphNode] = (),
        values: Iterable[object] = (),
        links: Iterable[GraphLink] = (),
        texts: Mapping[str, Callable[[Graph, Any], str]] | None = None,
        indexes: Mapping[str, str] | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """Build the graph of `nodes`, of further `values`, and of `links` between nodes.

        For a kind of node, `texts` gives the function that returns what a reader finds on the page of a node, as
        Markdown, `indexes` the source address of the page that lists all nodes, and `headings` the words over its
        nodes on the page of a node that they name.
        """
        self.headings: Mapping[str, str] = headings or {}
        self._texts = texts or {}
        self._indexes = indexes or {}
        self._nodes: dict[str, dict[str, GraphNode]] = {}
        self._values: dict[type, list[object]] = {}
        self._by_value: dict[int, GraphNode] = {}
        self._from: dict[tuple[str, str], list[GraphLink]] = {}
        self._to: dict[tuple[str, str], list[GraphLink]] = {}
        for node in nodes:
            self._nodes.setdefault(node.kind, {})[node.id] = node
            self._by_value[id(node.value)] = node
            self._values.setdefault(type(node.value), []).append(node.value)
        for value in values:
            self._values.setdefault(type(value), []).append(value)
        for link in links:
            self._from.setdefault(link.source.key, []).append(link)
            self._to.setdefault(link.target.key, []).append(link)

    def all(self, model: type[T]) -> tuple[T, ...]:
        """Return every value of the class `model`, in the order in which its noun loads them."""
        return cast("tuple[T, ...]", tuple(self._values.get(model, ())))

    def one(self, model: type[T]) -> T:
        """Return the only value of the class `model`. Raise LookupError where there is none, or more than one."""
        found = self._values.get(model, ())
        if len(found) != 1:
            raise LookupError(f"the graph holds {counted(len(found), 'value')} of {model.__name__}, not one")
        return cast("T", found[0])

    def by_id(self, model: type[T]) -> Mapping[str, T]:
        """Return the values of the class `model` that are nodes, by their ids, in their order."""
        return cast("Mapping[str, T]", self._ids.get(model, {}))

    @functools.cached_property
    def _ids(self) -> Mapping[type, Mapping[str, object]]:
        found: dict[type, dict[str, object]] = {}
        for nodes in self._nodes.values():
            for node in nodes.values():
                found.setdefault(type(node.value), {})[node.id] = node.value
        return found

    def nodes(self, kind: str) -> Mapping[str, GraphNode]:
        """Return the nodes of one kind by their ids, in their order."""
        return self._nodes.get(kind, {})

    def find(self, kind: str, id: str) -> GraphNode | None:
        """Return the node of a kind and id; None where there is none."""
        return self._nodes.get(kind, {}).get(id)

    def node(self, value: object) -> GraphNode:
        """Return the node whose model is `value` itself. Raise LookupError where there is none."""
        return self._by_value[id(value)]

    def path(self, value: object) -> str:
        """Return the source address of the page of `value`. Raise LookupError where it has none."""
        if (path := self.node(value).path) is None:
            raise LookupError(f"{value!r} has no page")
        return path

    @functools.cached_property
    def pages_by_file(self) -> Mapping[str, str]:
        """Return the source address of the page of each file that one page is made of, by the name of the file."""
        nodes = [node for nodes in self._nodes.values() for node in nodes.values() if node.path]
        files = Counter(node.file for node in nodes)
        return {node.file: node.path for node in nodes if node.path and files[node.file] == 1}

    @functools.cached_property
    def lines_by_page(self) -> Mapping[str, tuple[str, int]]:
        """Return the file and the line on which the thing is written that a page is about, by its source address."""
        nodes = [node for nodes in self._nodes.values() for node in nodes.values() if node.path]
        return {node.path: (node.file, node.line) for node in reversed(nodes) if node.path and node.line}

    def index(self, kind: str) -> str:
        """Return the source address of the page that lists all nodes of one kind."""
        return self._indexes[kind]

    def text(self, node: GraphNode) -> str:
        """Return what a reader finds on the page of `node`, as Markdown; an empty text where its kind has none."""
        return self._texts[node.kind](self, node.value) if node.kind in self._texts else ""

    def links_from(self, node: GraphNode) -> tuple[GraphLink, ...]:
        """Return the links from `node` to what it names, in the order of its fields."""
        return tuple(self._from.get(node.key, ()))

    def links_to(self, node: GraphNode) -> tuple[GraphLink, ...]:
        """Return the links to `node` from what names it, in the order of the files."""
        return tuple(self._to.get(node.key, ()))

    def naming(self, model: type[T], value: object) -> tuple[T, ...]:
        """Return the values of the class `model` that name the node `value`, each once, in the order of the files."""
        sources = {link.source.key: link.source.value for link in self.links_to(self.node(value))}
        return cast("tuple[T, ...]", tuple(source for source in sources.values() if type(source) is model))

    def named(self, value: object, model: type[T], field: str = "") -> tuple[T, ...]:
        """Return the values of the class `model` that the node `value` names, in `field` where that is given.

        Each value comes once, in the order in which `value` names them.
        """
        links = [link for link in self.links_from(self.node(value)) if field in ("", link.field)]
        targets = {link.target.key: link.target.value for link in links}
        return cast("tuple[T, ...]", tuple(target for target in targets.values() if type(target) is model))
