"""Declare the noun of the guides. They have no pages of their own: each is shown on the page of its item."""

from __future__ import annotations

from opsbook.nouns.guide.check import misplaced_guides
from opsbook.nouns.guide.load import load
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.kind import Kind, NodeKind, WrittenText
from opsbook.nouns.page.model import GuideHead
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="guide",
    load=load,
    docs=("practices/",),
    schemas={"guide": FileFormat("the front matter of docs/practices/<area>/<item>.md", GuideHead)},
    nodes=(NodeKind(name="guide"),),
    texts=lambda graph: (WrittenText(guide.file) for guide in graph.all(Guide)),
    check=misplaced_guides,
    check_after=("checklist",),
)
