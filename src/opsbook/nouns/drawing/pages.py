"""Make the gallery of drawings, and the page of each: the picture, its text equivalent, its items and its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Item, Place, progress
from opsbook.nouns.drawing.load import FOLDER
from opsbook.nouns.drawing.model import Drawing, Node, drawing_file
from opsbook.nouns.drawing.model.picture import drawing_targets, inline_drawing, marks
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.nouns.kind import Plan, one
from opsbook.site.language import site_language
from opsbook.site.page import Asset, NavEntry, Page
from opsbook.site.related import related
from opsbook.site.render import render
from opsbook.site.text import plain


@dataclass(frozen=True)
class Row:
    """A row of the text equivalent of a drawing: a node, the frames around it, and the pages that it stands for."""

    node: Node
    frames: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the gallery where there are drawings, then the page of each."""
    if graph.all(Drawing):
        yield one(FOLDER, architecture_page, graph)
    for drawing in graph.all(Drawing):
        yield one(drawing.script, drawing_page, drawing, graph)


def assets(graph: Graph) -> Iterator[Plan[Asset]]:
    """Yield the files of each drawing."""
    for drawing in graph.all(Drawing):
        yield Plan(drawing.script, partial(drawing_assets, drawing, graph))


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: the gallery, then each drawing."""
    each = (NavEntry(plain(drawing.title), graph.path(drawing)) for drawing in graph.all(Drawing))
    if graph.all(Drawing):
        title = site_language(graph).gettext("Architecture")
        yield NavEntry(title, children=(NavEntry(title, graph.index("drawing")), *each))


def architecture_page(graph: Graph) -> Page:
    """Return the page of all drawings as thumbnails."""
    drawings = [
        (
            drawing,
            inline_drawing(drawing, graph, thumbnail=True),
            progress(covered(drawing, graph)),
        )
        for drawing in graph.all(Drawing)
    ]
    body = render(
        "drawing/templates/architecture.md",
        graph.index("drawing"),
        graph,
        drawings=drawings,
    )
    language = site_language(graph)
    description = language.gettext("The architecture as drawings that are made from code.")
    meta = {"hide": ["toc"], "description": description}
    return Page(graph.index("drawing"), language.gettext("Architecture"), body, meta)


def drawing_page(drawing: Drawing, graph: Graph) -> Page:
    """Return the page of one drawing."""
    path = graph.path(drawing)
    labels = {node.id: node.label for node in drawing.nodes}
    items = covered(drawing, graph)
    body = render(
        "drawing/templates/drawing.md",
        path,
        graph,
        drawing=drawing,
        picture=inline_drawing(drawing, graph),
        rows=list(_rows(drawing, graph)),
        edges=[(labels[edge.source], edge, labels[edge.target]) for edge in drawing.edges if edge.style != "invis"],
        items=[graph.by_id(Place)[item.id] for item in items],
        counts=progress(items),
        file=drawing_file,
    )
    meta = {
        "hide": ["navigation", "toc"],
        "description": plain(drawing.description),
        "related": related(drawing, graph),
        "search": {"words": [site_language(graph).gettext("diagram")]},
    }
    return Page(path, plain(drawing.title), body, meta)


def drawing_assets(drawing: Drawing, graph: Graph) -> Iterator[Asset]:
    """Yield the drawing as an SVG file, with links, and as DOT."""
    svg = drawing_file(drawing, "svg")
    yield Asset(svg, drawing_svg(drawing, marks(drawing, graph), form="file", language=site_language(graph)))
    yield Asset(drawing_file(drawing, "dot"), drawing.dot)


def covered(drawing: Drawing, graph: Graph) -> tuple[Item, ...]:
    """Return the items that the drawing shows, without repetition, in the order of the checklist."""
    named = {thing.item for thing in drawing.things}
    return tuple(place.item for id, place in graph.by_id(Place).items() if id in named)


def _rows(drawing: Drawing, graph: Graph) -> Iterator[Row]:
    frames = {cluster.id: cluster for cluster in drawing.clusters}
    for node in drawing.nodes:
        around: list[str] = []
        parent = node.cluster
        while parent:
            around.insert(0, frames[parent].label)
            parent = frames[parent].parent
        yield Row(node, tuple(around), tuple(drawing_targets(node, graph)))
