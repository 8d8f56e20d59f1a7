"""The gallery of drawings, and the page of each: the picture, the same in words, what it covers, its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.nouns.checklist.model import Item
from opsbook.nouns.checklist.progress import progress
from opsbook.nouns.drawing.cards import Mark, StatusName
from opsbook.nouns.drawing.model import Cluster, Drawing, Node
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.site import paths
from opsbook.site.page import Asset, Page, relative
from opsbook.site.render import render
from opsbook.site.text import plain


@dataclass(frozen=True)
class Row:
    """One line of the text equivalent of a drawing: a node, where it stands and what it stands for."""

    node: Node
    frames: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def architecture_page(handbook: Handbook) -> Page:
    """All drawings, small."""
    drawings = [
        (
            drawing,
            inline_drawing(drawing, handbook, paths.ARCHITECTURE, thumbnail=True),
            progress(covered(drawing, handbook)),
        )
        for drawing in handbook.drawings.values()
    ]
    body = render("drawing/templates/architecture.md", paths.ARCHITECTURE, drawings=drawings, paths=paths)
    meta = {"hide": ["toc"], "description": "The architecture as drawings that are made from code."}
    return Page(paths.ARCHITECTURE, "Architecture", body, meta)


def drawing_page(drawing: Drawing, handbook: Handbook) -> Page:
    """The page of one drawing."""
    path = paths.drawing_path(drawing)
    labels = {node.id: node.label for node in drawing.nodes}
    items = covered(drawing, handbook)
    body = render(
        "drawing/templates/drawing.md",
        path,
        drawing=drawing,
        picture=inline_drawing(drawing, handbook, path),
        rows=list(_rows(drawing, handbook)),
        edges=[(labels[edge.source], edge, labels[edge.target]) for edge in drawing.edges if edge.style != "invis"],
        items=[handbook.places[item.id] for item in items],
        counts=progress(items),
        handbook=handbook,
        paths=paths,
    )
    meta = {"hide": ["navigation", "toc"], "description": plain(drawing.description)}
    return Page(path, plain(drawing.title), body, meta)


def drawing_assets(drawing: Drawing, handbook: Handbook) -> Iterator[Asset]:
    """The drawing as a file of its own and as DOT. Where its links lead is relative to the file."""
    svg = paths.drawing_file(drawing, "svg")
    yield Asset(svg, drawing_svg(drawing, marks(drawing, handbook, svg), form="file"))
    yield Asset(paths.drawing_file(drawing, "dot"), drawing.dot)


def inline_drawing(drawing: Drawing, handbook: Handbook, path: str, *, thumbnail: bool = False) -> Markup:
    """The drawing as SVG inside the page `path`; a thumbnail has no links of its own."""
    shown = marks(drawing, handbook, path)
    if thumbnail:
        shown = {id: Mark(tooltip=mark.tooltip, status=mark.status) for id, mark in shown.items()}
    prefix = "small-" if thumbnail else ""
    return Markup(drawing_svg(drawing, shown, prefix=prefix, legend=not thumbnail))  # noqa: S704 - escaped there


def marks(drawing: Drawing, handbook: Handbook, path: str) -> Mapping[str, Mark]:
    """What each node and frame stands for, with links from the page or file `path`."""
    found: dict[str, Mark] = {}
    for thing in drawing.things:
        for target, title in tuple(_targets(thing, handbook))[:1]:
            status: StatusName | None = handbook.places[thing.item].item.status.value if thing.item else None
            found[thing.id] = Mark(url=relative(path, target), tooltip=plain(title), status=status)
    return found


def covered(drawing: Drawing, handbook: Handbook) -> tuple[Item, ...]:
    """The items that the drawing shows, each once, in the order of the checklist."""
    named = {thing.item for thing in drawing.things}
    return tuple(place.item for id, place in handbook.places.items() if id in named)


def _targets(thing: Node | Cluster, handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Each page that a node stands for, with its title: the runbook first, for whoever is in a hurry."""
    if thing.runbook:
        runbook = handbook.runbooks[thing.runbook]
        yield paths.runbook_path(runbook), runbook.title
    if thing.service:
        service = handbook.service(thing.service)
        yield paths.service_path(service), service.title
    if thing.item:
        place = handbook.places[thing.item]
        yield paths.item_path(place), place.item.title


def _rows(drawing: Drawing, handbook: Handbook) -> Iterator[Row]:
    frames = {cluster.id: cluster for cluster in drawing.clusters}
    for node in drawing.nodes:
        around: list[str] = []
        parent = node.cluster
        while parent:
            around.insert(0, frames[parent].label)
            parent = frames[parent].parent
        yield Row(node, tuple(around), tuple(_targets(node, handbook)))
