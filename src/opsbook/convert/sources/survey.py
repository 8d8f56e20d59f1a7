"""Look through a Markdown file for all that may hold items, and for the lists that are none of its checklist.

A table of contents, a list of languages and a list of nothing but links are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.convert.columns import guess, is_boxed, normal, role_of
from opsbook.convert.sources.pieces import HeadingPart, ListLine, MarkdownPiece
from opsbook.convert.sources.piped_rows import table_rows
from opsbook.convert.sources.row_table import RecordRow, RowTable

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


@dataclass
class Survey:
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


def survey_of(root: HeadingPart, columns: Mapping[str, str]) -> Survey:
    """Return what there is in the file `root`; a table with one of the `columns` by name holds items."""
    survey = Survey()
    for part in root.walk():
        _look(part, survey, columns)
    return survey


def leads_to_heading(text: str) -> bool:
    """Return whether a line is a link to a heading of the same file."""
    return _ANCHOR.match(text) is not None


def _look(part: HeadingPart, survey: Survey, columns: Mapping[str, str]) -> None:
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


def _only_links_elsewhere(lines: Sequence[ListLine]) -> bool:
    """Return whether lines are links and little more, as lists of languages and of software are."""
    ends = [(found.end(), len(each.bullet.text)) for each in lines if (found := _LINK_ONLY.match(each.bullet.text))]
    return all(length - end < 120 for end, length in ends)


def _look_at(piece: MarkdownPiece, survey: Survey, columns: Mapping[str, str], *, is_beside: bool) -> None:
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
