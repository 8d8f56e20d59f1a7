"""Define the models of a drawing.

`Sketch` is what a script draws, `Layout` is where the engine puts it, and `Drawing` is both with the icons, ready to
become SVG. Lengths are SVG user units (CSS pixels), the origin is top left.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from opsbook.source.references import Id, Names

Direction = Literal["forward", "back", "both", "none"]
LineStyle = Literal["solid", "dashed", "dotted", "bold", "invis"]
Tone = Literal["plain", "dark", "pale"]
Completeness = Literal["", "services", "dependencies"]
"""What a drawing says that it leaves nothing out of: all services with their dependencies, or the latter alone."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Node(_Model):
    """One box. `kind` is the class below `diagrams`, such as `aws.compute.EKS`; `icon` is the id of an `Icon`."""

    id: str
    label: str
    lines: tuple[str, ...]
    kind: str
    line: int
    cluster: str | None = None
    item: Annotated[str, Names("item")] | None = None
    service: Annotated[str, Names("service")] | None = None
    runbook: Annotated[str, Names("runbook")] | None = None
    icon: str | None = None
    hints: tuple[tuple[str, str], ...] = ()


class Edge(_Model):
    """One connection, from node id to node id; `label` is one line of text, `lines` the same as it is drawn."""

    source: str
    target: str
    label: str = ""
    lines: tuple[str, ...] = ()
    direction: Direction = "forward"
    style: LineStyle = "solid"
    colour: str = ""
    line: int = 0
    hints: tuple[tuple[str, str], ...] = ()


class Cluster(_Model):
    """A frame around nodes. It may name an item, a service or a runbook through its `graph_attr`."""

    id: str
    label: str
    line: int
    parent: str | None = None
    item: Annotated[str, Names("item")] | None = None
    service: Annotated[str, Names("service")] | None = None
    runbook: Annotated[str, Names("runbook")] | None = None
    hints: tuple[tuple[str, str], ...] = ()


class Sketch(_Model):
    """What one script drew, before any layout. `icon` of a node is still the path of a picture.

    `order` holds the ids of nodes and clusters as the script made them.
    """

    title: str
    description: str
    direction: str
    order: tuple[str, ...]
    hints: tuple[tuple[str, str], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]
    complete: Completeness = ""
    line: int = 1


class Box(_Model):
    """A rectangle: its top left corner and its size."""

    id: str
    x: float
    y: float
    width: float
    height: float


class Route(_Model):
    """How one edge runs: SVG path data of its line and of its arrow heads, and the middle of its label."""

    line: str
    heads: str
    x: float = 0
    y: float = 0


class Layout(_Model):
    """Where everything is. `routes` stand in the order of the edges."""

    width: float
    height: float
    nodes: tuple[Box, ...]
    clusters: tuple[Box, ...]
    routes: tuple[Route, ...]


class Icon(_Model):
    """A small PNG in base64. `tone` says which page swallows it: a dark icon needs a plate on a dark page."""

    id: str
    data: str
    width: int
    height: int
    tone: Tone


class Drawing(_Model):
    """One architecture picture. `script` is the path below the root, `source` its text, `dot` the download."""

    id: Annotated[str, Id("drawing")]
    title: str
    description: str
    script: str
    source: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]
    icons: tuple[Icon, ...]
    layout: Layout
    dot: str
    complete: Completeness = ""
    line: int = 1
    """The line of the script that makes the diagram."""

    @property
    def things(self) -> tuple[Node | Cluster, ...]:
        """Return the nodes and frames, each of which may stand for an item, a service or a runbook."""
        return (*self.nodes, *self.clusters)


def drawing_file(drawing: Drawing, form: str) -> str:
    """Return the address of the drawing as a file: `svg`, `png` or `dot`."""
    return f"architecture/files/{drawing.id}.{form}"
