"""Whatever a list's authors and a team do, an update loses nothing of the team and brings in all of the list."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from opsbook.convert.importer import import_file
from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.memory import Memory
from opsbook.convert.merge.merge import Merged, merge, remembered
from opsbook.convert.yaml_text import to_yaml
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import Checklist, Item, UpstreamList
from random_lists import Line, Section, Sections, Team, markdown, next_version, random_list

FROM = UpstreamList(address="list.md", version="v1")


def checklist_of(raw: str) -> Checklist:
    return parse_checklist(ChangedText(raw).text, "checklist.yml")[0]


def imported_from(folder: Path, sections: Sections) -> Checklist:
    (folder / "list.md").write_text(markdown(sections), encoding="utf-8")
    return import_file(folder / "list.md", "list.md").checklist


def updated(raw: str, theirs: Checklist, memory: Memory | None, version: str) -> Merged:
    return merge(raw, "checklist.yml", theirs, memory, UpstreamList(address="list.md", version=version), lambda _: ())


def edited(imported: Checklist, dice: random.Random) -> Team:
    """A team that has changed what was imported at random."""
    team = Team(yaml.safe_load(to_yaml(imported.model_copy(update={"upstream": FROM}))), dice)
    team.edit()
    return team


def of_the_team(item: Item) -> tuple[object, ...]:
    return item.written, item.owner, item.evidence, item.waiver, set(item.aliases)


@pytest.mark.parametrize("seed", range(120))
def test_an_update_keeps_what_the_team_wrote_and_takes_what_the_list_says(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    first = random_list(dice)
    imported = imported_from(tmp_path, first)
    team = edited(imported, dice)
    raw = team.text()
    before = {item.id: item for item in checklist_of(raw).walk()}

    second = next_version(first, dice)
    theirs = imported_from(tmp_path, second)
    merged = updated(raw, theirs, remembered(imported), "v2")
    after = {item.id: item for item in checklist_of(merged.text).walk()}

    removed = {node.id for node in merged.removed}
    for id, item in before.items():
        if id in removed:
            assert of_the_team(item)[1:] == (None, (), None, set())
            assert item.status.value == "todo"
        else:
            assert of_the_team(after[id]) == of_the_team(item)
    assert [comment for comment in team.comments if comment not in merged.text] == []
    assert merged.text.count("\r\n") == (merged.text.count("\n") if "\r\n" in raw else 0)
    assert merged.text.startswith("\ufeff") == raw.startswith("\ufeff")

    again = updated(merged.text, theirs, merged.memory, "v2")
    assert again.text == merged.text
    assert again.memory == merged.memory
    assert len(again.undecided) == len(merged.undecided)


@pytest.mark.parametrize("seed", range(40))
def test_an_update_of_a_list_that_nobody_has_touched_is_the_list(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    first = random_list(dice)
    imported = imported_from(tmp_path, first)
    raw = to_yaml(imported.model_copy(update={"upstream": FROM}))
    second = next_version(first, dice)
    theirs = imported_from(tmp_path, second)
    merged = updated(raw, theirs, remembered(imported), "v2")
    if not merged.undecided:
        after = checklist_of(merged.text)
        assert sorted(item.title for item in after.walk()) == sorted(item.title for item in theirs.walk())
        assert [area.title for area in after.areas] == [area.title for area in theirs.areas]


@pytest.mark.parametrize("seed", range(40))
def test_the_same_version_again_changes_no_byte_but_the_version(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    first = random_list(dice)
    imported = imported_from(tmp_path, first)
    team = edited(imported, dice)
    raw = team.text()
    assert updated(raw, imported, remembered(imported), "v1").text == raw
    assert updated(raw, imported, None, "v1").text.replace("\r", "").count("ours-") == raw.count("ours-")


@pytest.mark.parametrize("seed", range(40))
def test_what_is_only_new_is_only_inserted_and_leaves_every_other_byte(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    first = random_list(dice)
    imported = imported_from(tmp_path, first)
    team = edited(imported, dice)
    raw = team.text()
    section = first[-1]
    more = (*section.lines, Line("Something that nobody has thought of"))
    theirs = imported_from(tmp_path, (*first[:-1], Section(section.title, more), Section("Another field", more[-1:])))
    merged = updated(raw, theirs, remembered(imported), "v1")
    assert "Another field" in merged.text
    rest = iter(merged.text)
    assert all(letter in rest for letter in raw)
