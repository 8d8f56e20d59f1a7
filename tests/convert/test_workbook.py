"""Workbooks of spreadsheets: which sheet and which columns are taken, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from convert.workbooks import WORKBOOK, workbook_of, workbook_with
from opsbook.convert.importer import Import, ImportOptions, import_file
from opsbook.nouns.checklist.model import Status
from opsbook.problems import ProblemsError

HEAD = ("Category", "Title", "Description", "Priority", "Status")


def imported(folder: Path, data: bytes, options: ImportOptions | None = None) -> Import:
    (folder / "list.xlsx").write_bytes(data)
    return import_file(folder / "list.xlsx", "list.xlsx", options)


def refused(folder: Path, data: bytes, options: ImportOptions | None = None) -> str:
    with pytest.raises(ProblemsError) as caught:
        imported(folder, data, options)
    return str(caught.value)


def test_merged_cells_dates_truth_values_and_links_by_formula_are_read(tmp_path: Path) -> None:
    found = imported(tmp_path, workbook_with(WORKBOOK.encode()))
    (area,) = found.checklist.areas
    assert (area.title, [(item.title, item.status) for item in area.items]) == (
        "Backups",
        [("Restore", Status.DONE), ("Copy", Status.TODO)],
    )
    assert [link.url for link in area.items[1].links] == ["https://example.org/a"]
    assert found.guesses[:2] == ("read as a workbook", "columns: area=Category, title=Title, status=Done")


def test_the_sheet_that_is_most_like_a_checklist_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    data = workbook_of(
        {
            "Cover": [["Our list"], ["Version", 3]],
            "Checks": [
                ["Launch list"],
                [],
                HEAD,
                ["Backups", "Restore once", "First line\nsecond line", "High", "Done"],
                [None, "Copy", None, "Low", "Open"],
                ["Alerts", "Route them", "See https://example.org/route", "High", None],
            ],
            "Scores": [["Risk", "Value"], ["High", 9], ["Low", 1]],
        },
        merged=(),
    )
    found = imported(tmp_path, data)
    assert found.checklist.title == "Launch list"
    assert [(area.title, [item.title for item in area.items]) for area in found.checklist.areas] == [
        ("Backups", ["Restore once", "Copy"]),
        ("Alerts", ["Route them"]),
    ]
    assert found.checklist.areas[0].items[0].text == "First line\nsecond line"
    assert found.pages == {"practices/alerts/route-them.md": "<!-- imported -->\n\nSee <https://example.org/route>\n"}
    assert found.guesses[2] == "sheets: `Checks`; not `Cover` (2 rows), `Scores` (3 rows) (`--sheet` takes another)"
    other = imported(tmp_path, data, ImportOptions(sheet="scores", columns={"Risk": "title", "Value": "effort"}))
    assert [(item.title, item.effort) for item in other.checklist.walk()] == [("High", "9"), ("Low", "1")]


def test_a_row_below_merged_cells_goes_on_with_the_item_above_and_loses_nothing(tmp_path: Path) -> None:
    rows = [
        ("Title", "Details", "Owner", "Priority", "Status"),
        ("Restore https://example.org/how", "Daily", None, "High", "Open"),
        (None, "Weekly", "Storage", "Low", "Done"),
    ]
    found = imported(tmp_path, workbook_of({"List": rows}, merged=()))
    (item,) = found.checklist.walk()
    assert (item.owner, item.priority, item.status) == ("storage", "High", Status.TODO)
    assert [link.url for link in item.links] == ["https://example.org/how"]
    (page,) = found.pages.values()
    assert page == ("<!-- imported -->\n\nDaily\n\nWeekly\n\n## Details\n\n- **Priority**: Low\n- **Status**: Done\n")


def test_sheets_with_the_same_columns_are_an_area_each(tmp_path: Path) -> None:
    names = ["ID", "Test name", "Result"]
    data = workbook_of(
        {
            "1": [["1. Gathering"], names, ["T-1", "Look", "Pass"], ["T-2", "Listen", None]],
            "2": [["2. Writing"], names, ["T-3", "Write", "Not started"]],
        }
    )
    found = imported(tmp_path, data)
    assert [(area.title, [item.maps for item in area.items]) for area in found.checklist.areas] == [
        ("1. Gathering", [("T-1",), ("T-2",)]),
        ("2. Writing", [("T-3",)]),
    ]


def test_a_formula_without_a_stored_value_is_told_with_its_row(tmp_path: Path) -> None:
    data = workbook_of({"List": [["Title", "Status"], ["One", "Done"], ['=CONCATENATE("a","b")', "Open"]]})
    found = imported(tmp_path, data)
    assert str(found.ledger) == ("1 of 1 item; left out: 1 formula without a stored value at line 3")
    assert not found.is_whole


def test_a_column_that_is_not_there_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    data = workbook_of({"List": [["Titel", "Bereich"], ["Eins", "A"]]})
    said = refused(tmp_path, data, ImportOptions(columns={"Titl": "title"}))
    assert said == "list.xlsx: no column is called `Titl`; did you mean `Titel`?"
    assert refused(tmp_path, data, ImportOptions(sheet="Lists")) == (
        "list.xlsx: no sheet is called `Lists`; did you mean `List`?"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (workbook_with(WORKBOOK.encode())[:700], "this workbook is damaged"),
        (b"PK\x03\x04 and nothing more", "this workbook is damaged"),
        (workbook_with(b"<worksheet"), "this workbook is damaged"),
        (workbook_with(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), "declares entities of XML"),
        (workbook_with(WORKBOOK.encode(), more={"xl/media/a.bin": bytes(30 << 20)}), "unpacks to far more"),
    ],
    ids=["cut", "no-archive", "no-xml", "entities", "bomb"],
)
def test_a_workbook_that_is_damaged_or_hostile_is_refused_in_words(tmp_path: Path, data: bytes, expected: str) -> None:
    assert expected in refused(tmp_path, data)


def test_an_archive_of_something_else_is_refused_with_the_way_out(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert refused(tmp_path, stream.getvalue()) == (
        "list.xlsx: this archive is no workbook; allowed: an .xlsx file, or the table saved as CSV"
    )


def test_a_text_that_is_said_to_be_a_workbook_is_refused(tmp_path: Path) -> None:
    assert "this workbook is damaged" in refused(tmp_path, b"- [ ] Set up backups\n", ImportOptions(preset="xlsx"))
