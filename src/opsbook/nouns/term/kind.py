"""Declare the noun of the terms, which make the glossary."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.term.load import load
from opsbook.nouns.term.model import FILE, Glossary
from opsbook.nouns.term.pages import entries, pages
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

INDEX = "glossary.md"

KIND = Kind(
    name="term",
    load=load,
    docs=(FILE,),
    schemas={"glossary": FileFormat("docs/glossary.yml", Glossary)},
    nodes=(NodeKind(name="term", path=lambda term: f"{INDEX}#{term.anchor}", index=INDEX),),
    tabs=(Tab(title=N_("Reference"), parts=("glossary",), rank=60),),
    pages=pages,
    entries=entries,
)
