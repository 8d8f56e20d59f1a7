"""Record the nodes, clusters and edges that a script makes, as the plain data that `Sketch` reads.

Ids are made of labels, and each part has the line of the script that made it.
"""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import diagrams

from opsbook.nouns.drawing.faults import FaultError, misspelt_attribute
from opsbook.nouns.drawing.hints import CLUSTER, EDGE, GRAPH, NODE, hints
from opsbook.nouns.drawing.limits import MOST_EDGES, MOST_NODES
from opsbook.nouns.drawing.words import collapse_space, label_text, node_id, wrapped
from opsbook.problems import did_you_mean
from opsbook.source.characters import first_forbidden
from opsbook.source.tree import short

SketchData = dict[str, Any]
MARKS = ("item", "service", "runbook")
COMPLETE = ("services", "dependencies")


def seen(text: str) -> str:
    """Return `text`, which the drawing shows. Raises FaultError where it has invisible or reordering characters."""
    if fault := first_forbidden(text.replace("\r\n", "\n")):
        raise FaultError(f"in `{short(ascii(text)[1:-1])}` {fault}")
    return text


def seen_hints(attrs: SketchData, allowed: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the hints among `attrs`, which the download shows. Raises FaultError as `seen` does."""
    return [(name, seen(value)) for name, value in hints(attrs, allowed)]


class Recorder:
    """A record of what the watched classes are asked to do, in the order of the script."""

    def __init__(self, script: Path) -> None:
        self.script = str(script)
        self.diagram: diagrams.Diagram | None = None
        self.head: SketchData = {}
        self.nodes: dict[str, SketchData] = {}
        self.clusters: dict[str, SketchData] = {}
        self.edges: list[SketchData] = []
        self._ids: dict[int, str] = {}
        self._kept: list[object] = []

    def line(self) -> int:
        """Return the line of the script that is running now; 0 where it is not running."""
        frame: types.FrameType | None = sys._getframe(1)
        while frame and frame.f_code.co_filename != self.script:
            frame = frame.f_back
        return frame.f_lineno if frame else 0

    def begin(self, diagram: diagrams.Diagram, given: SketchData) -> None:
        """Record a `Diagram(…)` made with the arguments `given`.

        Raises FaultError where it is a second one, or has no title.
        """
        if self.diagram is not None:
            raise FaultError("a second Diagram; one script draws one picture")
        if not collapse_space(str(diagram.name)):
            raise FaultError('the drawing has no title; write Diagram("What it shows")')
        attrs = dict(given.get("graph_attr") or {})
        if "curvestyle" in given:
            attrs.setdefault("splines", given["curvestyle"])
        self.diagram = diagram
        title = seen(label_text(str(diagram.name)))
        direction = diagram.dot.graph_attr["rankdir"].upper()
        self.head = {"title": collapse_space(title), "direction": direction, "hints": seen_hints(attrs, GRAPH)}
        self.head |= {"complete": _complete(attrs), "line": self.line()}

    def add_cluster(self, cluster: diagrams.Cluster) -> None:
        """Record a `Cluster(…)`. Raises FaultError for a mistake in it."""
        # https://github.com/mingrammer/diagrams/blob/v0.25.1/diagrams/__init__.py#L253
        # Only `_parent` tells which cluster is around this one.
        attrs = dict(cluster.dot.graph_attr)
        label = collapse_space(seen(label_text(str(attrs.get("label", cluster.label)))))
        parent = self._ids.get(id(cluster._parent))
        key = self._name(cluster, label or "group")
        tree = {"id": key, "label": label, "line": self.line(), "parent": parent}
        self.clusters[key] = tree | self._marks(attrs) | {"hints": seen_hints(attrs, CLUSTER)}

    def add_node(self, node: diagrams.Node) -> None:
        """Record a node. Raises FaultError for a mistake in it."""
        # https://github.com/mingrammer/diagrams/blob/v0.25.1/diagrams/__init__.py#L322-L331
        # Only `_attrs` and `_cluster` tell what a script has set, and which cluster is around the node.
        attrs = dict(node._attrs)
        text = seen(label_text(str(attrs.get("label", node.label))))
        kind = f"{type(node).__module__.removeprefix('diagrams.')}.{type(node).__name__}"
        key = self._name(node, collapse_space(text) or type(node).__name__)
        icon = attrs.get("image") or None
        tree = {"id": key, "label": collapse_space(text), "lines": wrapped(text), "kind": kind, "line": self.line()}
        cluster = self._ids.get(id(node._cluster))
        tree |= {"cluster": cluster, "icon": str(icon) if icon else None}
        self.nodes[key] = tree | self._marks(attrs) | {"hints": seen_hints(attrs, NODE)}

    def add_edge(self, source: diagrams.Node, target: diagrams.Node, edge: diagrams.Edge) -> None:
        """Record an edge between two nodes. Raises FaultError where there are too many."""
        if len(self.edges) >= MOST_EDGES:
            raise FaultError(f"the drawing has more than {MOST_EDGES:,} edges; draw less at once")
        attrs = dict(edge.attrs)
        text = seen(label_text(str(attrs.get("label") or attrs.get("xlabel") or "")))
        style = [word for word in ("invis", "dashed", "dotted", "bold") if word in str(attrs.get("style"))]
        tree = {"source": self._ids[id(source)], "target": self._ids[id(target)], "line": self.line()}
        tree |= {"label": collapse_space(text), "lines": wrapped(text), "colour": seen(str(attrs.get("color") or ""))}
        tree |= {"direction": attrs["dir"], "style": style[0] if style else "solid", "hints": seen_hints(attrs, EDGE)}
        self.edges.append(tree)

    def sketch(self, description: str) -> SketchData:
        """Return everything that was recorded. Raises FaultError where there is no diagram, or no node in it."""
        if self.diagram is None:
            raise FaultError("the script makes no Diagram", line=1)
        if not self.nodes:
            raise FaultError("the drawing has no nodes", line=1)
        trees = {"nodes": [*self.nodes.values()], "edges": self.edges, "clusters": [*self.clusters.values()]}
        return {"description": seen(description), "order": [*self._ids.values()]} | self.head | trees

    def _name(self, thing: object, label: str) -> str:
        """Return an id that no node or cluster has yet.

        The thing is kept alive, so that no other gets its `id()`.
        """
        if len(self._kept) >= MOST_NODES:
            raise FaultError(f"the drawing has more than {MOST_NODES:,} nodes and clusters; draw less at once")
        stem = node_id(label)
        key, count = stem, 1
        while key in self.nodes or key in self.clusters:
            count += 1
            key = f"{stem}-{count}"
        self._kept.append(thing)
        self._ids[id(thing)] = key
        return key

    def _marks(self, attrs: SketchData) -> SketchData:
        wrong = misspelt_attribute(attrs, MARKS)
        if wrong:
            raise FaultError(wrong)
        return {name: seen(str(attrs.pop(name))) for name in MARKS if attrs.get(name)}


def _complete(attrs: SketchData) -> str:
    """Return what the drawing claims to leave nothing out of. Raises FaultError where the claim cannot be read."""
    if wrong := misspelt_attribute(attrs, ("complete",)):
        raise FaultError(wrong)
    claim = seen(str(attrs.get("complete") or ""))
    if claim and claim not in COMPLETE:
        raise FaultError(f"`complete` is `{short(claim)}`; {did_you_mean(claim, COMPLETE)}")
    return claim
