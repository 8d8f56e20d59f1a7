"""Declare the noun of the alerts. Each has a permanent address that leads to its runbook."""

from __future__ import annotations

from opsbook.nouns.alert.check import check
from opsbook.nouns.alert.health import health
from opsbook.nouns.alert.load import load
from opsbook.nouns.alert.pages import pages, redirects
from opsbook.nouns.alert.rules import ENDINGS
from opsbook.nouns.alert.upstream import Upstream
from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="alert",
    load=load,
    files=("runbooks/rules/",),
    endings=ENDINGS,
    beside=(".txt",),
    schemas={"upstream": FileFormat("runbooks/rules/upstream/<name>.yml", Upstream)},
    nodes=(NodeKind(name="alert", index="alerts/index.md"),),
    tabs=(Tab(title=N_("Runbooks"), parts=("alerts",), along_with="runbooks"),),
    check=check,
    health=health,
    pages=pages,
    redirects=redirects,
)
