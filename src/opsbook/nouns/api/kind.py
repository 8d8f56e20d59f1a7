"""Declare the noun of the HTTP interfaces of services."""

from __future__ import annotations

from opsbook.nouns.api.check import check
from opsbook.nouns.api.load import KINDS, load
from opsbook.nouns.api.pages import entries, pages
from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.site.words import N_

KIND = Kind(
    name="api",
    load=load,
    docs=("api/",),
    endings=KINDS,
    nodes=(NodeKind(name="api", path=lambda api: f"api/{api.service}.md", index="api/index.md"),),
    tabs=(Tab(title=N_("Architecture"), parts=("api",)),),
    check=check,
    check_after=("service",),
    pages=pages,
    entries=entries,
)
