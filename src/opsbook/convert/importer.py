"""Import a checklist from elsewhere, in whatever form it is, and say what was taken of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from opsbook.convert.arrange import arrange
from opsbook.convert.ledger import Ledger, ledger_of
from opsbook.convert.notes import Notes
from opsbook.convert.sources.detect import own_checklist, read_source
from opsbook.convert.sources.presets import PRESETS
from opsbook.convert.sources.result import ITEMS, ReadSource
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import Checklist
from opsbook.problems import Problem, ProblemsError
from opsbook.source.deadline import deadline
from opsbook.source.text import read_bytes

MOST_BYTES = 16 << 20
"""The largest file that is taken."""
SECONDS = 60
"""The processor time that one file may take."""


@dataclass(frozen=True)
class ImportOptions:
    """What is said of a file instead of being guessed, and where its relative links lead."""

    preset: str = ""
    items: str = ""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The roles of columns, by their names."""
    base: str = ""


@dataclass(frozen=True)
class Import:
    """The checklist in a file, and the pages to be written beside it, by their paths below the hand-written ones.

    `notes` are warnings: what was left out, and what was not read as it is written. `guesses` say how the file was
    understood.
    """

    checklist: Checklist
    notes: tuple[Problem, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    guesses: tuple[str, ...] = ()
    ledger: Ledger | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether everything was taken that was understood to be part of the checklist."""
        return self.ledger is None or self.ledger.is_whole


def import_file(file: Path, name: str, options: ImportOptions | None = None) -> Import:
    """Return the checklist in `file`, which messages call `name`; its structure says in what form it is.

    Raise ProblemsError where it cannot be read or holds no items.
    """
    data = read_bytes(file, name, most=MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise ProblemsError([Problem(name, 0, 0, f"larger than {MOST_BYTES >> 20} MiB; split it or make it smaller")])
    with deadline(name, SECONDS):
        return _import(data, name, options or ImportOptions())


def _import(data: bytes, name: str, options: ImportOptions) -> Import:
    notes = Notes(name)
    if text := own_checklist(data, name):
        return Import(parse_checklist(text, name)[0])
    source = read_source(
        data, name, notes, preset=options.preset, items=options.items, sheet=options.sheet, columns=options.columns
    )
    found = arrange(source.outline, notes, fallback_title=source.title or title_of(name), base=options.base)
    if found is None:  # What was left out may be why nothing is there.
        raise ProblemsError([Problem(name, 1, 1, f"no items found; {_way_out(source)}"), *notes.found])
    ledger = ledger_of(source.outline, source.amounts, found, notes)
    told = tuple(sorted(set(notes.found), key=lambda note: note.order))
    return Import(found.checklist, told, found.pages, (f"read as {source.what}", *notes.guesses), ledger)


def _way_out(source: ReadSource) -> str:
    """Return what is allowed in a file of the form of `source`."""
    presets = f"; or name its form with --preset: {', '.join(PRESETS)}" if source.form == "tree" else ""
    return f"allowed: {ITEMS[source.form]}{presets}"


def title_of(name: str) -> str:
    """Return a title made from a file's name."""
    words = PurePath(name).stem.replace("-", " ").replace("_", " ").split()
    title = " ".join(words)[:100]
    return title[:1].upper() + title[1:] if title else "Checklist"
