"""Find the checklist in the cells of a sheet or a separated text: the row that names the columns, and those below."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opsbook.convert.columns import normal, role_of
from opsbook.convert.sources.row_table import RecordRow, RowTable
from opsbook.problems import Problem, ProblemsError

MOST_CELLS = 2_000_000
LONGEST_CELL = 200_000
SEPARATED = (".csv", ".tsv", ".tab")
"""The endings of separated texts."""

_DELIMITERS = (",", ";", "\t", "|")
_HEAD = 40
"""The rows in which the names of the columns are looked for."""

Cells = tuple[int, list[str]]
"""A row of cells with the number of its row or its line."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with a name; a separated text is one without."""

    name: str
    rows: tuple[Cells, ...]
    unknown: tuple[int, ...] = ()
    """The rows with a formula whose value is not stored."""


def delimiter_of(text: str) -> str:
    """Return the sign between the cells of a separated text; empty where it is none."""
    sample = text[:200_000]
    if "\n|" in sample and any(set(line.strip()) <= set("|-: ") and "-" in line for line in sample.split("\n")[:200]):
        return ""
    best, most = "", 1
    for sign in _DELIMITERS:
        rows = _sample(sample, sign)
        widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
        if len(widths) < 2 or widths[0] < 2:
            continue
        same = sum(1 for width in widths if width == widths[0])
        if same >= len(widths) * 0.9 and widths[0] > most and _looks_like_names(rows[0]):
            best, most = sign, widths[0]
    return best


def _sample(sample: str, sign: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(sample), delimiter=sign)
        rows = []
        for row in reader:
            rows.append(row)
            if len(rows) > 200:
                break
    except csv.Error:
        return []
    return rows[:-1] if len(rows) > 2 and len(sample) == 200_000 else rows


def _looks_like_names(row: Sequence[str]) -> bool:
    """Return whether a row may name columns: short words, at least one of them known."""
    return all(len(cell) < 80 for cell in row) and any(role_of(cell)[0] != "guide" for cell in row)


def separated(text: str, name: str, sign: str) -> Sheet:
    """Return the cells of a separated text. Raise ProblemsError with the place of what cannot be read."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    rows: list[Cells] = []
    line, count = 1, 0
    try:
        for row in reader:
            rows.append((line, [cell.replace("\r\n", "\n") for cell in row]))
            line = reader.line_num + 1
            count += len(row)
            if count > MOST_CELLS:
                raise ProblemsError([Problem(name, line, 1, f"more than {MOST_CELLS} cells; split the file")])
    except csv.Error as error:
        raise ProblemsError([Problem(name, reader.line_num or 1, 1, f"this row cannot be read: {error}")]) from None
    return Sheet("", tuple(rows))


def table_of(sheet: Sheet, *, columns: Iterable[str] = ()) -> tuple[RowTable, int] | None:
    """Return the table of a sheet, and how much of its first row is understood; None where no row names columns.

    `columns` are names that must be among those of the columns.
    """
    wanted = {normal(name) for name in columns}
    best: tuple[int, int] | None = None
    for at, (_, cells) in enumerate(sheet.rows[:_HEAD]):
        known = [role_of(cell)[0] for cell in cells if cell.strip() and len(cell) < 80 and "\n" not in cell.strip()]
        filled = sum(1 for cell in cells if cell.strip())
        score = sum(1 for role in set(known) - {"guide"})
        has_title = {"title", "text"} & set(known)
        if wanted and not wanted & {normal(cell) for cell in cells}:
            continue
        if (wanted or ((has_title or score > 1) and filled > 1)) and (best is None or score > best[0]):
            best = (score, at)
    if best is None:
        return None
    return _below(sheet, best[1]), best[0]


def _below(sheet: Sheet, at: int) -> RowTable:
    line, names = sheet.rows[at]
    rows = [(number, cells) for number, cells in sheet.rows[at + 1 :] if any(cell.strip() for cell in cells)]
    width = max([len(names), *(len(cells) for _, cells in rows)])
    names = [*names, *[""] * (width - len(names))]
    used = [
        place
        for place in range(width)
        if names[place].strip() or any(place < len(c) and c[place].strip() for _, c in rows)
    ]
    above = [cell.strip() for _, cells in sheet.rows[:at] for cell in cells if cell.strip()]
    return RowTable(
        tuple(" ".join(names[place].split()) for place in used),
        tuple(
            RecordRow(tuple(cells[place] if place < len(cells) else "" for place in used), number)
            for number, cells in rows
        ),
        line,
        title=above[0] if len(above) == 1 and len(above[0]) < 120 else sheet.name,
        columns=tuple(place + 1 for place in used),
    )
