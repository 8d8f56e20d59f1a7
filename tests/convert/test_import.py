"""Checklists from elsewhere: each has the YAML beside it that it becomes, and the notes of what was left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.counter import lost
from opsbook.convert.export import to_yaml
from opsbook.convert.importer import Import, import_file
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.problems import ProblemsError

HERE = Path(__file__).parent
SAID_OTHERWISE = {
    "half-damaged.md": "coã ðÿš úö",
    "facts.md": "controls effort level link links priority tag tags",
    "headings.md": "db",
    "phases.md": "iii to week weeks",
    "states.md": "in progress",
    "structured.rst": "block code note sh",
    "text-of-items.md": "img mdn png",
    "boxes-in-a-row.md": "check black button checkbox mark priority rule square white",
    "contents-then-tables.md": "check status",
    "ids-and-rows-of-names.md": "id in not pass review started status test name",
    "levels-and-links.md": "beschreibung check description mark name priorität prüfpunkt short white",
    "broken-address.md": "check details priority",
    "dangers.md": "category code danger description sub",
    "torn.md": "details priority security",
}
"""Words that a checklist says in its own way: names of columns and boxes, states, weeks, ids, damaged letters."""

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


MARKDOWN = (
    "allowed: lines such as `- [ ] Set up backups`, below headings that name their areas; a table with a column for "
    "what is to be checked; or say what the items are with --items"
)
TREE = "allowed: lists of texts, or of entries with a `title`, below keys that name their areas"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("notes.md", "# Notes\n\nNothing to tick.\n", f"notes.md:1:1: no items found; {MARKDOWN}"),
        ("settings.yml", "port: 80\n", f"settings.yml:1:1: no items found; {TREE}"),
        ("settings.json", '{"port": 80}\n', f"settings.json:1:1: no items found; {TREE}"),
        ("broken.json", '{"port": 80,\n "x"}', "broken.json:2:5: this is no JSON: Expecting ':' delimiter"),
        ("broken.yml", "a:\n - [x\n", "broken.yml:3:1: this is no YAML: expected ',' or ']'"),
        ("names.csv", "a,b\n1,2\n", "names.csv:1:1: no row names the columns; allowed: a row that names the columns"),
        ("old.xls", "\xd0\xcf\x11\xe0", "save it as .xlsx"),
        ("list.pdf", "%PDF-1.7", "list.pdf:1:1: this is a PDF; save the checklist as Markdown, CSV or XLSX"),
        ("page.html", "<!DOCTYPE html>\n<p>", "page.html:1:1: this is a page of HTML; import its source"),
        (
            "list.adoc",
            "= Launch\n:toc:\n\n== Backups\n\n* [ ] a\n** [ ] b\n\n== Alerts\n\n* [*] c\n",
            "list.adoc:1:1: this is AsciiDoc; write its headings as `## Backups` and its boxes as `- [ ] …`",
        ),
        ("launch.txt", "= Launch\n\n== Backups\n\n* a\n* b\n", "launch.txt:1:1: this is AsciiDoc"),
        (
            "list.org",
            "* Launch\n** Before\n- [ ] Load test\n",
            "list.org:1:1: this is Org; write its headings as `## Backups`, such as by `pandoc -f org -t gfm`",
        ),
        ("launch.md", "#+TITLE: Launch\n* Before\n** Soon\n- [ ] Load test\n", "launch.md:1:1: this is Org"),
    ],
    ids=lambda value: value if "." in value and " " not in value and "\n" not in value else "",
)
def test_a_file_that_is_no_checklist_says_what_is_missing(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1" if text.startswith("\xd0") else "utf-8"))
    with pytest.raises(ProblemsError) as caught:
        import_file(tmp_path / name, name)
    assert expected in str(caught.value)


def test_the_form_is_told_by_the_structure_whatever_the_name_is() -> None:
    for file in FOREIGN:
        if file.suffix in (".md", ".json", ".csv", ".yaml") and file.stem not in ("plain", "no-title"):
            found = import_file(file, "list.unknown")
            assert (
                to_yaml(found.checklist).split("\n", 2)[2]
                == to_yaml(import_file(file, file.name).checklist).split("\n", 2)[2]
            ), file.name


PROSE = [file for file in FOREIGN if file.suffix in (".md", ".rst", ".txt")]


@pytest.mark.parametrize("file", PROSE, ids=lambda file: file.name)
def test_no_word_no_link_and_no_code_is_lost(file: Path) -> None:
    words, addresses, blocks = lost(file.read_text("utf-8"), import_file(file, file.name))
    badges = ["https://img.example.org/high.svg"] if file.name == "text-of-items.md" else []
    known = SAID_OTHERWISE.get(file.name, "").split()
    assert ([word for word in words if word not in known], addresses, blocks) == ([], badges, 0)


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


def test_ids_that_are_too_long_or_several_in_one_text_stand_in_the_guide(tmp_path: Path) -> None:
    text = "Backups:\n- {title: Copy, id: B-1}\n- {title: Restore, id: 'B-2, B-3'}\n- {title: Test, id: '7'}\n"
    found = imported(tmp_path, "list.yml", text)
    assert [item.maps for item in found.checklist.walk()] == [("B-1",), (), ()]
    assert found.pages == {"practices/backups/restore.md": "<!-- imported -->\n\n## Details\n\n- **Id**: B-2, B-3\n"}
