"""Checklists from elsewhere: each has the YAML beside it that it becomes, and the notes of what was left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.convert.export import to_yaml
from opsbook.convert.importer import Import, import_file
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.problems import ProblemsError

HERE = Path(__file__).parent
FOREIGN = sorted(
    file
    for folder in ("markdown", "foreign", "tables", "trees")
    for file in (HERE / folder).iterdir()
    if not file.name.endswith((".checklist.yml", ".took.txt"))
)


def imported(folder: Path, name: str, text: str) -> Import:
    (folder / name).write_text(text, encoding="utf-8")
    return import_file(folder / name, name)


def told_of(found: Import) -> str:
    """What an import says, what it counted, and the pages that it makes."""
    lines = [*found.guesses, *map(str, found.notes), f"took {found.ledger}", f"whole: {found.is_whole}"]
    pages = [f"\n--- {path} ---\n{text}" for path, text in sorted(found.pages.items())]
    return "\n".join(lines) + "\n" + "".join(pages)


@pytest.mark.parametrize("file", FOREIGN, ids=lambda file: file.name)
def test_a_checklist_from_elsewhere_is_brought_in(file: Path) -> None:
    found = import_file(file, file.name)
    assert to_yaml(found.checklist) == file.with_suffix(".checklist.yml").read_text(encoding="utf-8")
    assert told_of(found) == file.with_suffix(".took.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FOREIGN, ids=lambda file: file.name)
def test_what_was_brought_in_is_a_valid_checklist(file: Path) -> None:
    checklist = import_file(file, file.name).checklist
    assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "notes.md",
            "# Notes\n\nNothing to tick.\n",
            "notes.md:1:1: no items found; allowed: lines such as `- [ ] Set up backups`, below headings that name "
            "their areas",
        ),
        (
            "table.md",
            "| task | done |\n|---|---|\n| x | [ ] |\n",
            "table.md:1:1: warning: a table (to line 3) is left out\n"
            "table.md:1:1: no items found; allowed: lines such as `- [ ] Set up backups`, below headings that name "
            "their areas",
        ),
        (
            "settings.yml",
            "port: 80\n",
            "settings.yml:1:1: no items found; allowed: lists of texts, or of entries with a `title`, below keys that "
            "name their areas",
        ),
        ("aliases.yml", "a: &a [x]\nb: *a\n", "aliases.yml:1:4: anchors (`&a`) are not allowed; remove it\n"),
    ],
    ids=["prose", "table", "settings", "aliases"],
)
def test_a_file_without_items_says_what_is_missing(tmp_path: Path, name: str, text: str, expected: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        imported(tmp_path, name, text)
    assert expected in str(caught.value)


def test_items_nested_too_deep_for_yaml_are_taken_one_level_up(tmp_path: Path) -> None:
    lines = "".join(f"{'  ' * depth}- [ ] Level {depth + 1}\n" for depth in range(12))
    deep = imported(tmp_path, "deep.md", f"# Deep\n{lines}")
    assert [item.title for item in deep.checklist.walk()] == [f"Level {depth + 1}" for depth in range(12)]
    assert str(deep.notes[0]) == ("deep.md:10:17: warning: nested deeper than 8 levels; it is taken one level up")
    assert parse_checklist(to_yaml(deep.checklist), "checklist.yml")[0] == deep.checklist


def test_ids_do_not_depend_on_what_stands_behind(tmp_path: Path) -> None:
    before = imported(tmp_path, "t.md", "# T\n## A\n- [ ] One\n- [ ] Two\n").checklist
    after = imported(tmp_path, "t.md", "# T\n## A\n- [ ] One\n- [ ] Two\n- [ ] One\n").checklist
    assert [item.id for item in before.walk()] == ["one", "two"]
    assert [item.id for item in after.walk()] == ["one", "two", "a-one"]
