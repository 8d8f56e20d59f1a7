"""Say what was taken of what was there: items, texts, links, blocks of code and pictures, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opsbook.convert.amounts import Amounts, amounts_of
from opsbook.convert.arrange import Arranged
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineSection
from opsbook.problems import counted

_MANY = {"block of code": "blocks of code"}
_SHOWN = 6
"""How many lines of what is left out are named."""


@dataclass(frozen=True)
class Taken:
    """How many things of one kind were there and were taken, and the names of the missing ones."""

    there: int
    taken: int
    noun: str
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.there == self.taken:
            return counted(self.there, self.noun, _MANY.get(self.noun, ""))
        return f"{self.taken} of {counted(self.there, self.noun, _MANY.get(self.noun, ''))}"


@dataclass(frozen=True)
class Ledger:
    """What an import took of what it understood. `omitted` are the lines of what it left out, by kind."""

    counts: tuple[Taken, ...]
    omitted: Mapping[str, Sequence[int]]

    @property
    def is_whole(self) -> bool:
        """Return whether everything was taken that was understood to be part of the checklist."""
        return all(count.there == count.taken for count in self.counts) and not set(self.omitted) - _BESIDE

    def __str__(self) -> str:
        items, *others = self.counts
        shown = f"{items.taken} of {counted(items.there, 'item')}"
        rest = ", ".join([shown, *(str(count) for count in others if count.there)])
        left = [f"{_number(what, len(lines))} at {_lines(lines)}" for what, lines in self.omitted.items()]
        left += [f"{noun} {each}" for count in others for noun in [count.noun] for each in count.missing[:3]]
        return f"{rest}; left out: {', '.join(left)}" if left else rest


_BESIDE = frozenset({"tables of contents", "empty entries", "sheets"})
"""What is left out although it is no part of a checklist."""


def _number(what: str, count: int) -> str:
    words = {
        "tables of contents": "table of contents",
        "formulas without a stored value": "formula without a stored value",
        "rows without a title": "row without a title",
        "empty entries": "empty entry",
    }
    return f"{count} {what if count != 1 else words.get(what, what.removesuffix('s'))}"


def _lines(lines: Sequence[int]) -> str:
    places = [str(line) for line in dict.fromkeys(lines)]
    if len(places) > _SHOWN:
        return f"lines {', '.join(places[:_SHOWN])} and {len(places) - _SHOWN} more"
    return f"line {places[0]}" if len(places) == 1 else f"lines {', '.join(places[:-1])} and {places[-1]}"


def ledger_of(outline: OutlineSection, source: Amounts, found: Arranged, notes: Notes) -> Ledger:
    """Return what was taken of `outline` and of what `source` counted."""
    checklist, pages = found.checklist, found.pages
    has_tasks = outline.has_tasks
    entries = [entry for entry in outline.all_entries() if not has_tasks or entry.has_task]
    goals = sum(len(phase.goals) for phase in checklist.phases)
    items = list(checklist.walk())
    texts = sum(1 for entry in entries if entry.text.strip() or entry.traits.details) - found.blank
    guides = sum(1 for path in pages if path.startswith("practices/") and not path.endswith("/index.md"))
    with_text = sum(1 for item in items if item.text) + guides
    if goals:  # What is a goal of a phase is no item, and its text has a place of its own.
        texts = with_text
    out = amounts_of(pages.values())
    out.links += [link.url for item in items for link in item.links if link.url]
    beside = amounts_of(notes.beside)
    rows = len(notes.omitted.get("rows without a title", ()))
    return Ledger(
        (
            Taken(len(entries) + rows, min(len(entries), len(items) + goals), "item"),
            Taken(texts, min(texts, with_text), "text"),
            _compared(_without(source.links, beside.links), out.links, "link"),
            _compared(source.code, out.code, "block of code"),
            _compared(
                _without(source.pictures, beside.pictures), [*out.links, *out.pictures], "picture", other=pages.values()
            ),
        ),
        notes.omitted,
    )


def _compared(there: Sequence[str], taken: Iterable[str], noun: str, *, other: Iterable[str] = ()) -> Taken:
    """Return how many of `there` are among `taken`; each counts as often as it is there."""
    known = {_address(each) for each in taken}
    missing = [each for each in there if _address(each) not in known]
    if missing and other:
        whole = "\n".join(other)
        missing = [each for each in missing if f"`{each}`" not in whole]
    return Taken(len(there), len(there) - len(missing), noun, tuple(dict.fromkeys(each[:80] for each in missing)))


def _without(there: Sequence[str], beside: Iterable[str]) -> list[str]:
    """Return `there` without what stands in a table of contents and the like, once for each."""
    rest = list(there)
    for each in beside:
        if each in rest:
            rest.remove(each)
    return rest


def _address(url: str) -> str:
    return url.replace("&amp;", "&").rstrip("/")
