"""Read the tables of a workbook or of a separated text: choose the sheets, and take their rows as items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opsbook.convert.amounts import amounts_of_entries
from opsbook.convert.columns import normal
from opsbook.convert.notes import Notes
from opsbook.convert.sources.records import PlacedEntry, read_rows, sections_of
from opsbook.convert.sources.result import ITEMS, ReadSource, titled_outline
from opsbook.convert.sources.row_table import RowTable, tell_columns
from opsbook.convert.sources.sheets import Sheet, delimiter_of, separated, table_of
from opsbook.convert.sources.workbook import read_workbook
from opsbook.problems import Problem, ProblemsError, counted, did_you_mean

_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def read_separated(text: str, name: str, notes: Notes, *, columns: Mapping[str, str]) -> ReadSource:
    """Return the items of a separated text. Raise ProblemsError where it is damaged, or no row names its columns."""
    sign = delimiter_of(text) or ("\t" if name.endswith((".tsv", ".tab")) else ",")
    sheets = [separated(text, name, sign)]
    return _read_sheets(sheets, notes, columns=columns, name=name, what=f"a text separated by {_SIGNS[sign]}")


def read_sheets(data: bytes, name: str, notes: Notes, *, sheet: str, columns: Mapping[str, str]) -> ReadSource:
    """Return the items of a workbook, or of one `sheet` of it. Raise ProblemsError as `read_separated` does."""
    sheets = read_workbook(data, name)
    if sheet:
        chosen = [each for each in sheets if each.name.casefold() == sheet.casefold()]
        if not chosen:
            message = f"no sheet is called `{sheet}`; {did_you_mean(sheet, [each.name for each in sheets])}"
            raise ProblemsError([Problem(name, 0, 0, message)])
        sheets = chosen
    return _read_sheets(sheets, notes, columns=columns, name=name, what="a workbook")


def _read_sheets(
    sheets: Sequence[Sheet], notes: Notes, *, columns: Mapping[str, str], name: str, what: str
) -> ReadSource:
    """Return the items of the sheet that is most like a checklist, and of all that have the same columns."""
    found = [(each, *described) for each in sheets if (described := table_of(each, columns=columns))]
    if columns:
        _refuse_unknown(columns, [other for _, other, _ in found], sheets, name)
    if not found:
        raise ProblemsError([Problem(name, 1, 1, f"no row names the columns; allowed: {ITEMS['table']}")])
    best, main, _ = max(found, key=lambda each: (each[2], len(each[1].rows)))
    same = [(each, table) for each, table, _ in found if len({*table.names} & {*main.names}) * 3 >= len(main.names) * 2]
    tell_columns([table for _, table in same], columns, notes)
    _tell_sheets(sheets, [each for each, _ in same], notes)
    taken: list[PlacedEntry] = []
    for each, table in same:
        for row in each.unknown:
            if row > table.line:
                notes.left_out("formulas without a stored value", row)
        entries = read_rows(table, notes, columns)
        taken += entries if len(same) == 1 else _below_sheet(entries, table.title or each.name)
    title = main.title if len(same) == 1 and main.title != best.name else ""
    outline = titled_outline(sections_of(taken, title=title or best.name or "Items"), title)
    return ReadSource(outline, "table", what, title, amounts_of_entries(outline.all_entries()))


def _below_sheet(entries: Sequence[PlacedEntry], area: str) -> list[PlacedEntry]:
    """Return the items of one sheet of several, which is an `area`; the areas in it become its groups."""
    return [PlacedEntry(area, own or group, entry) for own, group, entry in entries]


def _tell_sheets(sheets: Sequence[Sheet], same: Sequence[Sheet], notes: Notes) -> None:
    if len(sheets) < 2:
        return
    others = [f"`{each.name}` ({counted(len(each.rows), 'row')})" for each in sheets if each not in same and each.rows]
    notes.guess(
        f"sheets: {', '.join(f'`{each.name}`' for each in same)}"
        + (f"; not {', '.join(others)} (`--sheet` takes another)" if others else "")
    )


def _refuse_unknown(columns: Mapping[str, str], tables: Sequence[RowTable], sheets: Sequence[Sheet], name: str) -> None:
    """Raise ProblemsError for each column that is named and not there."""
    names = {each for table in tables for each in table.names if each}
    if not names:
        names = {cell for sheet in sheets for _, cells in sheet.rows[:1] for cell in cells if cell and len(cell) < 80}
    known = {normal(each) for each in names}
    problems = [
        Problem(name, 0, 0, f"no column is called `{column}`; {did_you_mean(column, names)}")
        for column in columns
        if normal(column) not in known
    ]
    if problems:
        raise ProblemsError(problems)
