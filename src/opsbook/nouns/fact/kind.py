"""Declare the noun of the facts."""

from __future__ import annotations

from opsbook.nouns.fact.health import health
from opsbook.nouns.fact.load import due, load
from opsbook.nouns.fact.model import FILE, INDEX, Facts
from opsbook.nouns.fact.pages import entries, pages
from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="fact",
    load=load,
    files=(FILE,),
    schemas={"facts": FileFormat(FILE, Facts)},
    nodes=(NodeKind(name="fact", path=lambda fact: f"{INDEX}#{fact.id}", index=INDEX),),
    tabs=(Tab(title=N_("Reference"), parts=("facts",), rank=70),),
    due=due,
    health=health,
    pages=pages,
    entries=entries,
)
