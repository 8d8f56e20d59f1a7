"""Describe a checklist from elsewhere before it has ids: headings, the content below them, and their places.

The `sources` make it, `arrange` turns it into a `Checklist` and the guides of its items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.convert.facts import NO_FACTS, ItemFacts
from opsbook.nouns.checklist.model import ItemWaiver, Status

MAX_NESTING = 8
"""How deep items nest below each other; `checklist.yml` may be nested no deeper."""


@dataclass(frozen=True)
class OutlineLink:
    """A link of an item to an address of the web. Without a `title` its address is shown."""

    url: str
    title: str = ""


@dataclass(frozen=True)
class OutlineTraits:
    """What an item carries beside its title and its text, in the words of the source."""

    priority: str = ""
    effort: str = ""
    level: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    links: tuple[OutlineLink, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    """Everything else by its name, as Markdown."""


NO_TRAITS = OutlineTraits()


@dataclass(frozen=True)
class OutlineEntry:
    """An item, or a line that may be one. `is_task` says that it has a box (or is where only items can be).

    `text` is the Markdown that belongs to it.
    """

    title: str
    line: int
    column: int
    is_task: bool
    status: Status | None = None
    waiver: ItemWaiver | None = None
    entries: tuple[OutlineEntry, ...] = ()
    text: str = ""
    traits: OutlineTraits = NO_TRAITS
    facts: ItemFacts = NO_FACTS
    """What lines below it say in the form in which our own lists say it."""

    def walk(self) -> Iterator[OutlineEntry]:
        """Yield this line, then those below it."""
        yield self
        for entry in self.entries:
            yield from entry.walk()

    @property
    def has_task(self) -> bool:
        """Return whether this line or one below it is a task."""
        return any(entry.is_task for entry in self.walk())


@dataclass(frozen=True)
class OutlineText:
    """A piece of Markdown between headings and items. `is_apart` says that a rule (`---`) is between it and the list.

    `is_prose` says that it is a plain paragraph.
    """

    text: str
    line: int
    is_apart: bool = False
    is_prose: bool = True


@dataclass(frozen=True)
class OutlineSection:
    """A heading with its content. The whole file is a section without a title."""

    title: str
    line: int
    column: int
    icon: str | None = None
    level: int = 0
    """The level of its heading, 1 for the highest."""
    before: tuple[OutlineText, ...] = ()
    """What stands ahead of the first list or heading below."""
    entries: tuple[OutlineEntry, ...] = ()
    after: tuple[OutlineText, ...] = ()
    """What stands behind the first list."""
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

    @property
    def has_tasks(self) -> bool:
        """Return whether there is a task in the section; where there are some, other lines are no items."""
        return any(entry.is_task for entry in self.all_entries())
