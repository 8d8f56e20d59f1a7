"""Nothing of the checklist that this repository grew from is lost in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsbook.convert.export import checklist_markdown, to_yaml
from opsbook.convert.importer import import_file
from opsbook.nouns.checklist.load import identified, load_checklist
from opsbook.nouns.checklist.model import Checklist, Item
from opsbook.nouns.checklist.model.roadmap import phases_by_item

SEED = Path(__file__).parent.parent / "convert/seed/checklist.md"
# The seed names a service that is not sold any more; the id of its item stays.
RENAMED = {"Set up PagerDuty/OpsGenie": "Set up a paging service"}
RECEIVED = SEED.with_name("checklist-as-received.md")


@pytest.fixture(scope="module")
def committed(root: Path) -> Checklist:
    return load_checklist(root / "checklist.yml", "checklist.yml")[0]


@pytest.fixture(scope="module")
def seed() -> Checklist:
    return import_file(SEED, SEED.name).checklist


def lines(pattern: str) -> list[str]:
    """What `pattern` finds in the seed, read without the importer."""
    return re.findall(pattern, SEED.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_title_is_there_in_order(committed: Checklist, seed: Checklist) -> None:
    titles = lines(r"^ *- \[ \] (.+)$")
    assert len(titles) == 184
    assert [item.title for item in committed.walk()] == [RENAMED.get(title, title) for title in titles]
    assert [item.title for item in seed.walk()] == titles


def test_areas_with_their_icons_and_groups_are_there(committed: Checklist, seed: Checklist) -> None:
    headings = [heading for heading in lines(r"^##+ (.+)$") if not heading.startswith(("Phase ", "Priority "))]
    assert len(headings) == 17 + 10
    for checklist in (committed, seed):
        found = []
        for area in checklist.areas:
            found += [f"{area.icon} {area.title}", *(group.title for group in area.groups)]
        assert found == headings


def now(item: Item) -> str:
    return RENAMED.get(item.title, item.title)


def test_items_stand_where_they_stood(committed: Checklist, seed: Checklist) -> None:
    def shape(checklist: Checklist) -> list[object]:
        return [
            (
                area.title,
                [(now(item), [now(sub) for sub in item.items]) for item in area.items],
                [(group.title, [now(item) for item in group.items]) for group in area.groups],
            )
            for area in checklist.areas
        ]

    assert shape(committed) == shape(seed)


def test_phases_with_their_weeks_and_goals_are_there(committed: Checklist, seed: Checklist) -> None:
    headings = lines(r"^### (Phase .+)$")
    goals = lines(r"^\d+\. (.+)$")
    assert (len(headings), len(goals)) == (5, 20)
    for checklist in (committed, seed):
        assert [
            f"Phase {number}: {phase.title} (Week {phase.weeks})"
            for number, phase in enumerate(checklist.phases, start=1)
        ] == headings
        assert [goal.title for phase in checklist.phases for goal in phase.goals] == goals


def test_its_first_and_last_words_are_there(committed: Checklist, seed: Checklist) -> None:
    for field in ("title", "description", "closing"):
        assert getattr(committed, field) == getattr(seed, field) != ""


def test_every_item_belongs_to_a_phase(committed: Checklist) -> None:
    owned = phases_by_item(committed)
    assert [item.id for item in committed.walk() if item.id not in owned] == []


def test_every_goal_names_what_it_needs(committed: Checklist) -> None:
    assert [goal.title for phase in committed.phases for goal in phase.goals if not goal.items] == []


@pytest.mark.parametrize("name", ["committed", "seed"])
def test_an_id_is_used_once(name: str, request: pytest.FixtureRequest) -> None:
    ids = [node.id for _, node in identified(request.getfixturevalue(name))]
    assert len(ids) == len(set(ids)) == 17 + 10 + 184 + 5


def test_the_seed_comes_back_byte_for_byte(seed: Checklist) -> None:
    assert checklist_markdown(seed) == SEED.read_text(encoding="utf-8")


def test_the_damaged_characters_of_the_seed_are_repaired(seed: Checklist) -> None:
    imported = import_file(RECEIVED, RECEIVED.name)
    assert (imported.checklist, imported.notes) == (seed, ())


def test_importing_twice_gives_the_same_bytes(seed: Checklist) -> None:
    assert to_yaml(import_file(SEED, SEED.name).checklist) == to_yaml(seed)


def test_goals_of_the_seed_find_what_they_surely_mean(seed: Checklist) -> None:
    found = {goal.title: goal.items for phase in seed.phases for goal in phase.goals}
    assert found["Git workflow"] == ("source-control-git-workflow",)
    assert found["Basic CI/CD pipeline"] == ("ci-cd-pipeline",)
    assert found["Logging (ELK stack)"] == ("logging",)
    assert found["HTTPS/TLS"] == ("implement-https-tls-everywhere",)
    assert found["Performance tuning"] == ()


def test_the_committed_checklist_survives_markdown(tmp_path: Path, committed: Checklist) -> None:
    markdown = checklist_markdown(committed)
    (tmp_path / "checklist.md").write_text(markdown, encoding="utf-8")
    back = import_file(tmp_path / "checklist.md", "checklist.md")
    assert back.notes == ()
    assert [(item.title, item.status) for item in back.checklist.walk()] == [
        (item.title, item.status) for item in committed.walk()
    ]
    assert checklist_markdown(back.checklist) == markdown


def test_the_committed_checklist_is_written_as_export_writes_it(root: Path, committed: Checklist) -> None:
    written = (root / "checklist.yml").read_text(encoding="utf-8").splitlines()
    comments = [line for line in written[1:] if line.lstrip().startswith("#")]
    assert [line for line in written if line not in comments] == to_yaml(committed).splitlines()
