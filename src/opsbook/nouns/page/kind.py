"""Declare the noun of the hand-written pages that belong to no other noun."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.kind import Kind, NodeKind, Tab, WrittenText
from opsbook.nouns.page.check import check
from opsbook.nouns.page.load import load
from opsbook.nouns.page.model import PageHead, WrittenPage, pages_folder
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat


def _texts(graph: Graph) -> Iterator[WrittenText]:
    folder = pages_folder(graph)
    yield from (WrittenText(f"{folder}/{page.path}") for page in graph.all(WrittenPage))


KIND = Kind(
    name="page",
    load=load,
    docs=("",),
    schemas={"page": FileFormat("the front matter of a page in docs/", PageHead)},
    nodes=(NodeKind(name="page", path=lambda page: page.path, text=lambda _graph, page: page.markdown),),
    texts=_texts,
    check=check,
    tabs=(Tab(title=N_("Incidents"), parts=("incident-response", "incidents", "on-call"), rank=10),),
)
