"""Show a drawing as SVG, with links to what each node and frame stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.drawing.cards import Mark, StatusName
from opsbook.nouns.drawing.model import Cluster, Drawing, Node
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.site.language import site_language
from opsbook.site.links import link_to
from opsbook.site.text import plain


def inline_drawing(drawing: Drawing, graph: Graph, *, thumbnail: bool = False) -> Markup:
    """Return the drawing as SVG for a page; a thumbnail has no links of its own."""
    shown = marks(drawing, graph)
    if thumbnail:
        shown = {id: Mark(tooltip=mark.tooltip, status=mark.status) for id, mark in shown.items()}
    prefix = "small-" if thumbnail else ""
    svg = drawing_svg(drawing, shown, prefix=prefix, legend=not thumbnail, language=site_language(graph))
    return Markup(svg)  # noqa: S704 - escaped there


def marks(drawing: Drawing, graph: Graph) -> Mapping[str, Mark]:
    """Return what each node and frame stands for, with links."""
    found: dict[str, Mark] = {}
    for thing in drawing.things:
        for target, title in tuple(drawing_targets(thing, graph))[:1]:
            status = graph.by_id(Place)[thing.item].item.status.value if thing.item else None
            found[thing.id] = Mark(url=link_to(target), tooltip=plain(title), status=cast("StatusName | None", status))
    return found


def drawing_targets(thing: Node | Cluster, graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield each page that a node stands for, with its title: the runbook first, for whoever is in a hurry."""
    for kind, id in (("runbook", thing.runbook), ("service", thing.service), ("item", thing.item)):
        node = graph.find(kind, id) if id else None
        if node and node.path:
            yield node.path, node.title
