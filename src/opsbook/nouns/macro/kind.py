"""Declare the noun of the macros, which hand-written pages call."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, Tab
from opsbook.nouns.macro.load import load
from opsbook.nouns.macro.pages import entries, pages
from opsbook.site.words import N_

KIND = Kind(
    name="macro",
    load=load,
    files=("macros/",),
    tabs=(Tab(title=N_("Reference"), parts=("reference",)),),
    pages=pages,
    entries=entries,
)
