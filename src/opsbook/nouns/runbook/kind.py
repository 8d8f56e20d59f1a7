"""Declare the noun of the runbooks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.kind import Kind, NodeKind, Tab, WrittenText
from opsbook.nouns.runbook.health import health
from opsbook.nouns.runbook.load import load
from opsbook.nouns.runbook.machine import assets
from opsbook.nouns.runbook.model import ParsedRunbook, Runbook, RunbookHeader
from opsbook.nouns.runbook.pages import entries, pages
from opsbook.nouns.runbook.review import due, review, unchecked
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat


def _text(graph: Graph, runbook: Runbook) -> str:
    return next(source.page.body for source in graph.all(ParsedRunbook) if source.runbook is runbook)


def _texts(graph: Graph) -> Iterator[WrittenText]:
    """Yield each runbook, with the links to other files than runbooks, for which the linter looks."""
    for source in graph.all(ParsedRunbook):
        folder = posixpath.dirname(source.page.path)
        paths = (
            (link, posixpath.normpath(posixpath.join(folder, link.target.partition("#")[0])))
            for link in source.page.links
        )
        links = (link for link, path in paths if not (path.endswith(".md") and path.startswith("runbooks/")))
        yield WrittenText(source.page.path, tuple(links))


KIND = Kind(
    name="runbook",
    load=load,
    files=("runbooks/",),
    endings=(".md",),
    prose=("runbooks/",),
    schemas={"runbook": FileFormat("the front matter of runbooks/<id>.md", RunbookHeader)},
    nodes=(
        NodeKind(
            name="runbook",
            path=lambda runbook: f"runbooks/{runbook.id}.md",
            index="runbooks/index.md",
            heading=N_("Runbooks"),
            text=_text,
        ),
    ),
    tabs=(Tab(title=N_("Runbooks"), parts=("runbooks",)),),
    review=review,
    texts=_texts,
    due=due,
    unchecked=unchecked,
    health=health,
    pages=pages,
    assets=assets,
    entries=entries,
)
