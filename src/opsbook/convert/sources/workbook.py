"""Read the sheets of a workbook (XLSX) with limits on its size, unpacked too, and its cells; formulas are not run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from opsbook.convert.sources.sheets import LONGEST_CELL, MOST_CELLS, Cells, Sheet
from opsbook.problems import Problem, ProblemsError

MOST_UNPACKED = 200 << 20
MOST_RATIO = 200
MOST_MEMBERS = 5_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500
_LINK = re.compile(r'=HYPERLINK\("(?P<url>[^"]*)"\s*[,;]\s*"(?P<text>[^"]*)"\)$', re.IGNORECASE)
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def read_workbook(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets that are shown. Raise ProblemsError where this is no workbook, or one beyond the limits."""
    _check(data, name)
    try:
        values = _sheets(data, name, formulas=False)
        if _has_formulas(data):
            values = [
                _linked(sheet, other) for sheet, other in zip(values, _sheets(data, name, formulas=True), strict=True)
            ]
    except ProblemsError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do for a damaged file; it has no error of its own.
        message = (
            f"this workbook is damaged ({type(error).__name__}); open it in a spreadsheet and save it again as .xlsx"
        )
        raise ProblemsError([Problem(name, 0, 0, message)]) from None
    return values


def _check(data: bytes, name: str) -> None:
    """Raise ProblemsError where the archive is no workbook, or unpacks to more than the limits."""

    def refuse(message: str) -> None:
        raise ProblemsError([Problem(name, 0, 0, message)])

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                refuse("this archive is no workbook; allowed: an .xlsx file, or the table saved as CSV")
            size = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or size > MOST_UNPACKED:
                refuse(f"this workbook unpacks to more than {MOST_UNPACKED >> 20} MiB; save its sheet as CSV")
            for member in members:
                if member.file_size > 1 << 20 and member.file_size > MOST_RATIO * max(member.compress_size, 1):
                    refuse("this workbook unpacks to far more than it says; save its sheet as CSV")
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as stream:
                        head = stream.read(4096)
                    if any(sign in head for sign in _FORBIDDEN):
                        refuse("this workbook declares entities of XML, which no spreadsheet writes")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        refuse(f"this workbook is damaged or locked with a password ({type(error).__name__}); save it again as .xlsx")
    except Exception as error:
        if isinstance(error, ProblemsError):
            raise
        refuse(f"this workbook is damaged ({type(error).__name__}); save it again as .xlsx")


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                with archive.open(member) as stream:
                    content = stream.read(MOST_UNPACKED)
                if b"<f>" in content or b"<f " in content:
                    return True
    return False


def _sheets(data: bytes, name: str, *, formulas: bool) -> list[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [
            Sheet(str(sheet.title), tuple(_rows(sheet, name)))
            for sheet in sheets
            if isinstance(sheet, ReadOnlyWorksheet)
        ]
    finally:
        book.close()


def _rows(sheet: ReadOnlyWorksheet, name: str) -> Iterator[Cells]:
    """Yield the rows that hold something, with their numbers."""
    count = 0
    sheet.reset_dimensions()  # What a file says of its size may be wrong.
    for number, row in enumerate(sheet.rows, start=1):
        cells = [_text(cell.value) for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        count += len(cells)
        if number > MOST_ROWS or count > MOST_CELLS:
            raise ProblemsError(
                [Problem(name, number, 1, f"more than {MOST_ROWS} rows or {MOST_CELLS} cells; split the sheet")]
            )
        if cells:
            yield number, cells


def _text(value: object) -> str:
    """Return the text of a cell as a reader of the sheet sees it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_CELL].strip()


def _linked(sheet: Sheet, formulas: Sheet) -> Sheet:
    """Return `sheet` with the text and the address of links that are written as formulas and have no stored value."""
    unknown: list[int] = []
    by_row = {number: list(cells) for number, cells in sheet.rows}
    for number, cells in formulas.rows:
        for at, formula in enumerate(cells):
            if not formula.startswith("="):
                continue
            own = by_row.setdefault(number, [])
            own += [""] * (at + 1 - len(own))
            if found := _LINK.match(formula):
                own[at] = f"[{found['text']}]({found['url']})"
            elif not own[at]:
                unknown.append(number)
    return Sheet(sheet.name, tuple(sorted(by_row.items())), tuple(unknown))
