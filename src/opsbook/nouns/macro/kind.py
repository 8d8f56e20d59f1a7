"""Declare the noun of the macros, which hand-written pages call."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, Tab
from opsbook.nouns.macro.load import load
from opsbook.nouns.macro.pages import entries, pages

KIND = Kind(
    name="macro",
    load=load,
    files=("macros/",),
    tabs=(Tab(title="Reference", parts=("reference",)),),
    pages=pages,
    entries=entries,
)
