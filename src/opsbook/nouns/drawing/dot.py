"""Write a sketch as DOT, the text that the layout engine reads and that readers download.

It has labels, clusters, edges and the attributes `item`, `service` and `runbook`, in the order of the script, but no
icon and no path.
"""

from __future__ import annotations

from collections.abc import Mapping

from opsbook.nouns.drawing.model import Cluster, Edge, Node, Sketch
from opsbook.nouns.drawing.style import (
    CARD_BOTTOM,
    CARD_GAP,
    CARD_TOP,
    CARD_WIDTH,
    CLUSTER_TEXT,
    EDGE_TEXT,
    ICON,
    LINE_HEIGHT,
    SLACK,
    TEXT,
)
from opsbook.nouns.drawing.words import collapse_space, label_text

POINTS = 72
BOLD = 1.35

_GRAPH = {
    "nodesep": "0.42",
    "ranksep": "0.55",
    "splines": "spline",
    "compound": "true",
    "pad": "0",
    "fontname": "Arial",
}
_NODE = {"shape": "box", "labelloc": "b", "margin": "0.15,0.06", "fontname": "Arial", "fontsize": f"{TEXT * SLACK:g}"}
_EDGE = {"fontname": "Arial", "fontsize": f"{EDGE_TEXT * SLACK:g}", "arrowsize": "0.8"}
_CLUSTER = {"labeljust": "l", "fontsize": f"{CLUSTER_TEXT * SLACK * BOLD:g}", "margin": "20"}


def dot_of(sketch: Sketch, ports: Mapping[int, tuple[str, str]] | None = None) -> str:
    """Return the DOT of a sketch. `ports` gives the sides at which edges, numbered from 1, leave and arrive."""
    sides = ports or {}
    graph = _GRAPH | {"rankdir": sketch.direction} | dict(sketch.hints)
    lines = [f"digraph {_quoted(sketch.title)} {{"]
    lines += [f"  graph{_attrs(graph)}", f"  node{_attrs(_NODE)}", f"  edge{_attrs(_EDGE)}"]
    lines += _members(sketch, None, "  ")
    lines += [f"  {_edge(edge, number, sketch, sides.get(number))}" for number, edge in enumerate(sketch.edges, 1)]
    return "\n".join([*lines, "}"]) + "\n"


def card_height(node: Node) -> float:
    """Return the height of a node's card."""
    text = len(node.lines) * LINE_HEIGHT
    return CARD_TOP + CARD_BOTTOM + (ICON + (CARD_GAP + text if text else 0) if node.icon else text + 4)


def _members(sketch: Sketch, cluster: str | None, indent: str) -> list[str]:
    """Return the lines for the direct members of a cluster, ordered so that the first of the script comes out on top.

    Where the direction is to the right or to the left, Graphviz stacks the members of a cluster from the bottom.
    """
    own = {node.id: [f"{indent}{_node(node)}"] for node in sketch.nodes if node.cluster == cluster}
    for inner in sketch.clusters:
        members = _members(sketch, inner.id, indent + "  ") if inner.parent == cluster else []
        if members:
            head = [f"{indent}subgraph {_quoted('cluster_' + inner.id)} {{", f"{indent}  graph{_cluster(inner)}"]
            own[inner.id] = [*head, *members, f"{indent}}}"]
    order = [name for name in sketch.order if name in own]
    upwards = cluster is not None and sketch.direction in ("LR", "RL")
    return [line for name in (reversed(order) if upwards else order) for line in own[name]]


def _node(node: Node) -> str:
    width = CARD_WIDTH if node.icon else CARD_WIDTH * 0.8
    size = {"width": f"{width / POINTS:.3f}", "height": f"{card_height(node) / POINTS:.3f}"}
    label = {"label": _plain("\n".join(node.lines))}
    return _quoted(node.id) + _attrs(label | size | _marks(node) | dict(node.hints))


def _cluster(cluster: Cluster) -> str:
    return _attrs({"label": _plain(cluster.label)} | _CLUSTER | _marks(cluster) | dict(cluster.hints))


def _edge(edge: Edge, number: int, sketch: Sketch, sides: tuple[str, str] | None) -> str:
    attrs = {"id": f"edge-{number}"} | ({"label": _plain("\n".join(edge.lines))} if edge.lines else {})
    attrs |= {"dir": edge.direction} if edge.direction != "forward" else {}
    attrs |= {"tailport": sides[0], "headport": sides[1]} if sides else {}
    attrs |= _hints(edge, sketch)
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)}{_attrs(attrs)}"


def _hints(edge: Edge, sketch: Sketch) -> dict[str, str]:
    """Return the hints of an edge. `lhead` and `ltail` name a cluster by label in `diagrams`, and by its id here."""
    ids = {f"cluster_{cluster.label}": f"cluster_{cluster.id}" for cluster in reversed(sketch.clusters)}
    return {name: ids.get(collapse_space(label_text(value)), value) for name, value in edge.hints}


def _plain(text: str) -> str:
    """Return `text` as a label in which Graphviz finds no entities but those of its own `&`."""
    return text.replace("&", "&amp;")


def _marks(thing: Node | Cluster) -> dict[str, str]:
    named = {"item": thing.item, "service": thing.service, "runbook": thing.runbook}
    return {name: value for name, value in named.items() if value}


def _attrs(attrs: Mapping[str, str]) -> str:
    inside = " ".join(f"{name}={_quoted(value)}" for name, value in attrs.items() if value)
    return f" [{inside}]" if inside else ""


def _quoted(text: str) -> str:
    r"""Return `text` as a DOT string.

    >>> print(_quoted('say "hi"\non two lines'))
    "say \"hi\"\non two lines"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'
