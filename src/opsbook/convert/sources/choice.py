"""Decide what the items of a Markdown file are: lines with boxes, rows of tables, lines of lists, or headings.

A table of contents, a list of languages and a list of nothing but links beside the checklist are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.convert.columns import guess, is_boxed, normal, role_of
from opsbook.convert.notes import Notes
from opsbook.convert.sources.pieces import HeadingPart, ListLine, MarkdownPiece, table_rows
from opsbook.convert.sources.row_table import RecordRow, RowTable, tell_columns
from opsbook.problems import counted

FORMS = ("tasks", "tables", "lists", "headings", "collapsed")
"""What the items of a Markdown file may be."""

_ANCHOR = re.compile(
    r"(?:&\w{1,10}+;|[^\w\[\]&])*+_?+\[(?:[^\[\]]|\[[^\[\]]*+\](?:\([^()]*+\))?+)*+\]\(#[^()]*+(?:\([^()]*+\)[^()]*+)*+\)"
)
_LINK_ONLY = re.compile(
    r"[^\w\[\]]*+\[(?:[^\[\]]|\[[^\[\]]*+\](?:\([^()]*+\))?+)*+\]\([^()\s]*+(?:\([^()]*+\)[^()\s]*+)*+\)"
)
_BESIDE = re.compile(
    r"(?:table of )?contents?|toc|index|licen[cs]e|contribut\w*|credits?|authors?|acknowledge?ments?|languages?|"
    r"translations?|about|changelog|support|sponsors?|how to (?:use|contribute).*|todo|inhalt(?:sverzeichnis)?|lizenz|"
    r"sommaire|licence|índice|licencia|目录|许可.*|目次|содержание|лицензия",
    re.IGNORECASE,
)
_OF_LINKS = re.compile(
    r"references?|resources?|further reading|more reading|useful (?:links|sources)|links|see also|recommended.*|"
    r"(?:useful |security )?tools|sources|introduction|bonus|literatur|quellen|références|referencias|参考.*|ссылки",
    re.IGNORECASE,
)
"""Headings above lists that are no part of the checklist where most of their lines are links."""


@dataclass(frozen=True)
class ItemChoice:
    """What the items are. `tables` are the tables that hold some, by their first lines."""

    form: str
    tables: Mapping[int, RowTable] = field(default_factory=dict)
    ticks_decorate: bool = False
    beside: frozenset[int] = frozenset()
    """The lines of lists that are none of the checklist."""
    headings: frozenset[int] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)

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
        return all(_ANCHOR.match(each.bullet.text) for line in lines for each in line.walk())

    def is_contents_text(self, text: str) -> bool:
        """Return whether each line of a paragraph leads to a heading of the same file."""
        lines = [line for line in text.replace("<br>", "\n").split("\n") if line.strip()]
        return len(lines) > 1 and all(_ANCHOR.match(line) for line in lines)

    def is_heading_item(self, part: HeadingPart) -> bool:
        """Return whether a heading is an item."""
        return part.heading.line in self.headings

    def is_collapsed_item(self, piece: MarkdownPiece) -> bool:
        """Return whether a collapsed part is an item."""
        return self.form == "collapsed" and bool(piece.summary)


@dataclass
class _Survey:
    """What there is in a file that may hold items."""

    tasks: list[ListLine] = field(default_factory=list)
    lists: list[ListLine] = field(default_factory=list)
    beside: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)
    tables: dict[int, RowTable] = field(default_factory=dict)
    boxed: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    collapsed: int = 0
    leaves: list[HeadingPart] = field(default_factory=list)


def choose(root: HeadingPart, notes: Notes, *, items: str, columns: Mapping[str, str]) -> ItemChoice:
    """Return what the items of the file `root` are; `items` says so where it is not to be guessed."""
    survey = _Survey()
    _look(root, survey, columns)
    form, tables = _form(survey, items)
    ticks = [line for line in survey.tasks if line.bullet.is_sign]
    decorate = bool(ticks) and len(ticks) == len(survey.tasks) and all(line.bullet.mark == "x" for line in ticks)
    taken = {at: survey.tables[at] for at in sorted(tables)}
    _tell(notes, form, survey, taken, columns)
    if decorate and form == "tasks":
        notes.guess("every item has the same tick, so it says nothing of what is done; all are taken as not done")
    headings = frozenset(part.heading.line for part in survey.leaves) if form == "headings" else frozenset()
    return ItemChoice(form, taken, decorate, frozenset(survey.beside), headings, columns)


def _look(part: HeadingPart, survey: _Survey, columns: Mapping[str, str]) -> None:
    title = re.sub(r"[^\w\s]+", " ", part.heading.text).strip()
    title = " ".join(title.split())
    lines = [each for each in part.content if isinstance(each, ListLine)]
    flat = [each for line in lines for each in line.walk()]
    links = [each for each in flat if _LINK_ONLY.match(each.bullet.text)]
    anchors = [each for each in flat if _ANCHOR.match(each.bullet.text)]
    is_contents = bool(flat) and len(anchors) * 5 >= len(flat) * 4
    is_of_links = bool(links) and len(links) == len(flat)
    is_beside = bool(_BESIDE.fullmatch(title)) or (len(links) * 2 >= len(flat) and bool(_OF_LINKS.fullmatch(title)))
    tasks = [each for each in flat if each.bullet.mark is not None]
    survey.tasks += tasks
    if is_beside:
        survey.aside |= {each.bullet.line for each in tasks}
    if is_beside or is_contents or (is_of_links and _only_links_elsewhere(flat)):
        survey.beside |= {each.bullet.line for each in flat}
    else:
        survey.lists += flat
    for each in part.content:
        if isinstance(each, MarkdownPiece):
            _look_at(each, survey, columns, is_beside=is_beside)
    if (
        not part.parts
        and part.heading.level
        and not is_beside
        and any(isinstance(each, ListLine) or each.text for each in part.content)
    ):
        survey.leaves.append(part)
    for below in part.parts:
        _look(below, survey, columns)


def _only_links_elsewhere(lines: Sequence[ListLine]) -> bool:
    """Return whether lines are links and little more, as lists of languages and of software are."""
    ends = [(found.end(), len(each.bullet.text)) for each in lines if (found := _LINK_ONLY.match(each.bullet.text))]
    return all(length - end < 120 for end, length in ends)


def _look_at(piece: MarkdownPiece, survey: _Survey, columns: Mapping[str, str], *, is_beside: bool) -> None:
    if piece.what == "a collapsed part":
        survey.collapsed += bool(piece.summary) and not is_beside
    if piece.what != "a table":
        return
    (_, names), *rows = table_rows(piece)
    if len(names) < 1 or not rows:
        return
    wide = max(len(names), max(len(cells) for _, cells in rows))
    names += [""] * (wide - len(names))
    table = RowTable(
        tuple(names),
        tuple(RecordRow(tuple(cells + [""] * (wide - len(cells))), line) for line, cells in rows),
        piece.line,
        columns=(1,) * wide,
    )
    survey.tables[piece.line] = table
    cells = [row.cells for row in table.rows]
    roles = guess(names, cells)
    by_name = {role_of(name)[0] for name in names if name}
    if (
        (columns and any(normal(name) in {normal(each) for each in columns} for name in names))
        or "mark" in roles
        or ("status" in roles and is_boxed(cells, roles.index("status")))
    ):
        survey.boxed.add(piece.line)
    elif (
        not is_beside
        and "title" in by_name | {"title" if "text" in by_name else ""}
        and len(by_name & {"status", "priority", "level", "text", "effort", "owner"}) >= 1
    ):
        survey.named.add(piece.line)


def _form(survey: _Survey, items: str) -> tuple[str, set[int]]:
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


def _tell(notes: Notes, form: str, survey: _Survey, taken: Mapping[int, RowTable], columns: Mapping[str, str]) -> None:
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
