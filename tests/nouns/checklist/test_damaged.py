"""Each file in `damaged/` has the lines beside it that its author is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from linked import mistakes_after_renaming
from opsbook.nouns.checklist.load import identified, load_checklist
from opsbook.problems import ProblemsError

DAMAGED = sorted((Path(__file__).parent / "damaged").glob("*.yml"))


def problems(file: Path) -> str:
    try:
        checklist, document = load_checklist(file, "checklist.yml")
    except ProblemsError as error:
        return "".join(f"{problem}\n" for problem in error.problems)
    ids: dict[str, list[str]] = {"owner": [owner.id for owner in checklist.owners], "area": [], "group": [], "item": []}
    former: dict[str, str] = {}
    for _, each in identified(checklist):
        ids.setdefault(type(each).__name__.lower(), []).append(each.id)
        former |= dict.fromkeys(each.aliases, each.id)
    return "".join(f"{line}\n" for line in mistakes_after_renaming(checklist, document, former, ids))


@pytest.mark.parametrize("file", DAMAGED, ids=lambda file: file.stem)
def test_a_damaged_checklist_shows_where_and_what_is_wrong(file: Path) -> None:
    assert problems(file) == file.with_suffix(".txt").read_text(encoding="utf-8")


def test_a_missing_checklist_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "checklist.yml") == "checklist.yml: no such file\n"


def test_a_folder_is_no_checklist(tmp_path: Path) -> None:
    assert problems(tmp_path) == "checklist.yml: cannot be read: Is a directory\n"


def test_a_file_over_the_cap_is_not_parsed(tmp_path: Path) -> None:
    file = tmp_path / "checklist.yml"
    file.write_text("title: T\n" + "# padding\n" * 110_000, encoding="utf-8")
    assert problems(file) == "checklist.yml: larger than 1024 KiB; split it or make it smaller\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("title: T\n".encode("utf-16"), "checklist.yml:1:1: this is UTF-16; save the file as UTF-8\n"),
        (b"title: T\x00\n", "checklist.yml:1:9: the control character U+0000 is not allowed; remove it\n"),
        (
            b"\xef\xbb\xbftitle: T\r\nareas: \xef\xbb\xbf[]\r\n",
            "checklist.yml:2:8: the control character U+FEFF is not allowed; remove it\n",
        ),
        (b"title: T\rareas: []\rx: y", "checklist.yml:3:1: unknown key `x`; allowed: areas, closing, description, "),
    ],
    ids=["utf-16", "nul", "byte-order-mark-inside", "old-mac-line-ends"],
)
def test_bytes_that_editors_hide_are_shown(tmp_path: Path, data: bytes, expected: str) -> None:
    file = tmp_path / "checklist.yml"
    file.write_bytes(data)
    assert expected in problems(file)
