"""Declare the noun of the runbooks."""

from __future__ import annotations

from opsbook.graph import Graph
from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.runbook.load import load
from opsbook.nouns.runbook.machine import assets
from opsbook.nouns.runbook.model import ParsedRunbook, Runbook, RunbookHeader
from opsbook.nouns.runbook.pages import entries, pages
from opsbook.nouns.runbook.review import due, review
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat


def _text(graph: Graph, runbook: Runbook) -> str:
    return next(source.page.body for source in graph.all(ParsedRunbook) if source.runbook is runbook)


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
            text=_text,
        ),
    ),
    tabs=(Tab(title=N_("Runbooks"), parts=("runbooks",)),),
    review=review,
    due=due,
    pages=pages,
    assets=assets,
    entries=entries,
)
