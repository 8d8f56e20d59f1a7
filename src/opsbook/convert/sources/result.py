"""Hold what a reader made of a file: its outline, its form, and what was counted in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from opsbook.convert.amounts import Amounts
from opsbook.convert.outline import OutlineSection

ITEMS = {
    "markdown": "lines such as `- [ ] Set up backups`, below headings that name their areas; a table with a column for "
    "what is to be checked; or say what the items are with --items",
    "tree": "lists of texts, or of entries with a `title`, below keys that name their areas",
    "table": "a row that names the columns, one of them the title; or name the columns with --columns",
}
"""What is allowed in each form."""


@dataclass(frozen=True)
class ReadSource:
    """The outline of a file, what form it has, and what was counted in it."""

    outline: OutlineSection
    form: str
    what: str
    title: str = ""
    amounts: Amounts = field(default_factory=Amounts)


def titled_outline(sections: Sequence[OutlineSection], title: str) -> OutlineSection:
    """Return the outline of a file whose areas are `sections`, below a heading where it has a title."""
    outline = OutlineSection(title, 1, 1, level=bool(title), sections=tuple(sections))
    return OutlineSection("", 1, 1, sections=(outline,)) if title else outline
