"""Decide what the items of a Markdown file are: lines with boxes, rows of tables, lines of lists, or headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opsbook.convert.notes import Notes
from opsbook.convert.sources.pieces import HeadingPart, ListLine, MarkdownPiece
from opsbook.convert.sources.row_table import RowTable, tell_columns
from opsbook.convert.sources.survey import Survey, leads_to_heading, survey_of
from opsbook.problems import counted

FORMS = ("tasks", "tables", "lists", "headings", "collapsed")
"""What the items of a Markdown file may be."""


@dataclass(frozen=True)
class ItemChoice:
    """What the items are. `tables` are the tables that hold some, by their first lines."""

    form: str
    tables: Mapping[int, RowTable]
    ticks_decorate: bool
    beside: frozenset[int]
    """The lines of lists that are none of the checklist."""
    headings: frozenset[int]
    columns: Mapping[str, str]

    def takes_list(self, lines: Sequence[ListLine]) -> bool:
        """Return whether a list may hold items."""
        return self.form in ("tasks", "lists") and not self.is_contents(lines)

    def is_item(self, line: ListLine) -> bool:
        """Return whether a line of a list is an item, or has one below it."""
        if self.form == "lists":
            return line.bullet.line not in self.beside
        return self.form == "tasks" and any(each.bullet.mark is not None for each in line.walk())

    def is_contents(self, lines: Sequence[ListLine]) -> bool:
        """Return whether a list is a table of contents: its lines lead to headings of the same file."""
        if any(each.bullet.mark is not None for line in lines for each in line.walk()):
            return False
        return all(leads_to_heading(each.bullet.text) for line in lines for each in line.walk())

    def is_contents_text(self, text: str) -> bool:
        """Return whether each line of a paragraph leads to a heading of the same file."""
        lines = [line for line in text.replace("<br>", "\n").split("\n") if line.strip()]
        return len(lines) > 1 and all(leads_to_heading(line) for line in lines)

    def is_heading_item(self, part: HeadingPart) -> bool:
        """Return whether a heading is an item."""
        return part.heading.line in self.headings

    def is_collapsed_item(self, piece: MarkdownPiece) -> bool:
        """Return whether a collapsed part is an item."""
        return self.form == "collapsed" and bool(piece.summary)


def choose(root: HeadingPart, notes: Notes, *, items: str, columns: Mapping[str, str]) -> ItemChoice:
    """Return what the items of the file `root` are; `items` says so where it is not to be guessed."""
    survey = survey_of(root, columns)
    form, tables = _form(survey, items)
    ticks = [line for line in survey.tasks if line.bullet.is_sign]
    decorate = bool(ticks) and len(ticks) == len(survey.tasks) and all(line.bullet.mark == "x" for line in ticks)
    taken = {at: survey.tables[at] for at in sorted(tables)}
    _tell(notes, form, survey, taken, columns)
    if decorate and form == "tasks":
        notes.guess("every item has the same tick, so it says nothing of what is done; all are taken as not done")
    headings = frozenset(part.heading.line for part in survey.leaves) if form == "headings" else frozenset()
    return ItemChoice(form, taken, decorate, frozenset(survey.beside), headings, columns)


def _form(survey: Survey, items: str) -> tuple[str, set[int]]:
    """Return the form of the items and the tables that hold some."""
    rows = {at: len(table.rows) for at, table in survey.tables.items()}
    boxed = sum(rows[at] for at in survey.boxed)
    named = sum(rows[at] for at in survey.boxed | survey.named)
    lists = len(survey.lists)
    if items:
        tables = {"tables": set(survey.tables), "tasks": survey.boxed}.get(items, set())
        return items, (survey.boxed | survey.named or tables) if items == "tables" else tables
    if survey.tasks:
        is_aside = named > 3 * len(survey.tasks) or boxed > 3 * len(survey.tasks)
        if is_aside and len(survey.aside) == len(survey.tasks):
            return "tables", survey.boxed | survey.named
        return "tasks", survey.boxed | survey.named if is_aside else survey.boxed
    if survey.collapsed > max(5, named, lists):
        return "collapsed", set()
    if named and named * 3 >= lists:
        return "tables", survey.boxed | survey.named
    if survey.collapsed >= 5 and survey.collapsed * 2 > lists:
        return "collapsed", set()
    prose = [
        part
        for part in survey.leaves
        if any(isinstance(each, MarkdownPiece) and each.what == "text" for each in part.content)
    ]
    if len(prose) >= 5 and len(prose) * 4 > 3 * len(survey.leaves) and lists < 3 * len(prose):
        return "headings", set()
    if lists:
        return "lists", set()
    if survey.tables:
        return "tables", set(survey.tables)
    if survey.collapsed:
        return "collapsed", set()
    survey.beside.clear()  # There is nothing else: a list of links is a list.
    return "lists", set()


def _filled(table: RowTable) -> int:
    """Return how many rows hold anything; empty ones only divide a table."""
    return sum(any(row.cells) for row in table.rows)


def _tell(notes: Notes, form: str, survey: Survey, taken: Mapping[int, RowTable], columns: Mapping[str, str]) -> None:
    """Say what was taken for items, and what else might have been."""
    rows = sum(map(_filled, survey.tables.values()))
    in_tables = sum(map(_filled, taken.values()))
    counts = {
        "tasks": counted(len(survey.tasks), "line with a box", "lines with a box"),
        "tables": counted(in_tables or rows, "row of tables", "rows of tables"),
        "lists": counted(len(survey.lists), "line of lists", "lines of lists"),
        "headings": counted(len(survey.leaves), "heading"),
        "collapsed": counted(survey.collapsed, "collapsed part"),
    }
    here = [form, *(["tables"] if taken and form != "tables" else [])]
    apart = ("tables",) if form == "tasks" else tuple(counts)
    others = [counts[name] for name in apart if name not in here and not counts[name].startswith("0 ")]
    other = f"; not {', '.join(others)} (`--items` takes another)" if others else ""
    notes.guess(f"items: {' and '.join(counts[name] for name in here)}{other}")
    tell_columns(taken.values(), columns, notes)
