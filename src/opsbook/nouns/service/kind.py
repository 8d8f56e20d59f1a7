"""Declare the noun of the services."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.service.check import catalog_problems
from opsbook.nouns.service.load import load, role_files
from opsbook.nouns.service.model import FILE, Catalog
from opsbook.nouns.service.pages import entries, pages
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="service",
    load=load,
    files=(FILE,),
    docs=("",),  # Roles name pages with their manifests.
    named=role_files,
    schemas={"services": FileFormat("services.yml", Catalog)},
    nodes=(
        NodeKind(name="service", path=lambda service: f"services/{service.id}.md", index="services/index.md"),
        NodeKind(name="escalation", called="escalation policy"),
        NodeKind(name="role", hint="declare it under `roles` in services.yml"),
    ),
    tabs=(Tab(title=N_("Architecture"), parts=("services",)),),
    check=catalog_problems,
    pages=pages,
    entries=entries,
)
