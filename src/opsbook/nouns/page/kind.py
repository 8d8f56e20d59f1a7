"""Declare the noun of the hand-written pages that belong to no other noun."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.page.check import check
from opsbook.nouns.page.load import load
from opsbook.nouns.page.model import PageHead
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="page",
    load=load,
    docs=("",),
    schemas={"page": FileFormat("the front matter of a page in docs/", PageHead)},
    nodes=(NodeKind(name="page", path=lambda page: page.path, text=lambda _graph, page: page.markdown),),
    check=check,
    tabs=(Tab(title=N_("Incidents"), parts=("incident-response", "incidents", "on-call"), rank=10),),
)
