"""Declare the noun of the architecture drawings."""

from __future__ import annotations

from opsbook.graph import Graph
from opsbook.nouns.drawing.load import load
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.pages import assets, entries, pages
from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.site.words import N_
from opsbook.source.files import PICTURES


def _words(_graph: Graph, drawing: Drawing) -> str:
    return " ".join([drawing.title, drawing.description, *(thing.label for thing in drawing.things)])


KIND = Kind(
    name="drawing",
    load=load,
    files=("diagrams/",),
    endings=(".py",),
    beside=(*PICTURES, ".csv", ".json", ".toml", ".txt", ".yaml", ".yml"),
    nodes=(
        NodeKind(
            name="drawing",
            path=lambda drawing: f"architecture/{drawing.id}.md",
            index="architecture/index.md",
            heading=N_("Drawings"),
            text=_words,
        ),
    ),
    tabs=(Tab(title=N_("Architecture"), parts=("architecture",), rank=10),),
    pages=pages,
    assets=assets,
    entries=entries,
)
