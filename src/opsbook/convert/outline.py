"""Describe a checklist from elsewhere before it has ids: headings, the content below them, and their places.

Readers (`markdown`, `foreign`) make it, `arrange` turns it into a `Checklist`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.convert.facts import NO_FACTS, ItemFacts
from opsbook.nouns.checklist.model import ItemWaiver, Status


@dataclass(frozen=True)
class OutlineText:
    """A paragraph. `is_apart` says that a rule (`---`) is between it and the list before."""

    text: str
    line: int
    is_apart: bool = False


@dataclass(frozen=True)
class OutlineEntry:
    """A line of a list. `is_task` says that it has a box (or is where only items can be)."""

    title: str
    line: int
    column: int
    is_task: bool
    status: Status | None = None
    waiver: ItemWaiver | None = None
    text: tuple[OutlineText, ...] = ()
    """The paragraphs below it."""
    facts: ItemFacts = NO_FACTS
    entries: tuple[OutlineEntry, ...] = ()

    def walk(self) -> Iterator[OutlineEntry]:
        """Yield this line, then those below it."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


@dataclass(frozen=True)
class OutlineSection:
    """A heading with its content. The whole file is a section without a title."""

    title: str
    line: int
    column: int
    icon: str | None = None
    before: tuple[OutlineText, ...] = ()
    """Prose ahead of the first list or heading below."""
    entries: tuple[OutlineEntry, ...] = ()
    after: tuple[OutlineText, ...] = ()
    """Prose behind the first list."""
    sections: tuple[OutlineSection, ...] = ()

    def walk(self) -> Iterator[OutlineSection]:
        """Yield this section, then those below it."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def all_entries(self) -> Iterator[OutlineEntry]:
        """Yield every line of every list in the section."""
        for section in self.walk():
            for entry in section.entries:
                yield from entry.walk()
