"""Declare the noun of the pages that are written by hand and stand for themselves."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.page.load import load
from opsbook.nouns.page.model import PageHead

KIND = Kind(
    name="page",
    load=load,
    docs=("",),
    schemas={"page": PageHead},
    nodes=(NodeKind(name="page", path=lambda page: page.path, text=lambda _graph, page: page.markdown),),
    tabs=(Tab(title="Incidents", parts=("incident-response", "incidents", "on-call"), rank=10),),
)
