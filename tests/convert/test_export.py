"""Whatever text a checklist holds, it comes back from YAML, and what Markdown has a place for from Markdown."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from opsbook.convert.export import checklist_markdown, to_yaml
from opsbook.convert.importer import import_file
from opsbook.convert.scalars import write_scalar
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import (
    Area,
    Checklist,
    Evidence,
    Goal,
    Group,
    Item,
    ItemLink,
    ItemWaiver,
    Owner,
    Phase,
    Status,
)

NASTY = [
    *("no", "null", "~", "yes", "on", "22:30", "1.10", "0x1f", "0o17", "010", "1e3", ".5", "-1", "1_000", ".inf", "="),
    *("2026-10-05", "2026-10-05T12:00:00Z", "<<", "-", "?", ":", "- a", "? a", ": a", "a:", "a: b", "a #b", "#a"),
    *("'a'", '"a"', "it's", "''", "[a]", "{a}", "&a", "*a", "!a", "!!str a", "|", "> a", "%a", "@a", "---", "..."),
    *("`a`", "``a` b``", "a`b", "`", "a\\", "\\a", "\\", "*a*", "**a** b", "_a_", "__init__", "a_b_c", "2 * 3 * 4"),
    *("[a](b)", "![a](b)", "[a][b]", "<https://example.org>", "<b>", "&amp;", "&#x202e;", "~~a~~", "a | b", "| a |"),
    *(
        "a (in progress)",
        "(IN PROGRESS)",
        "a (waived until 2027-01-31: b)",
        "[x] a",
        "[ ] a",
        "[] a",
        "1. a",
        "\u2610 a",
    ),
    *("a ###", "#", "# a", "x {#id}", "x {: .a}", "Phase 1: x", "Week 1-2", "```", "===", "- [ ] a"),
    *("{{ 7 * 7 }}", "{% raw %}", "${{ github.sha }}", "<script>alert(1)</script>", "C:\\temp", "100 %", "a & b"),
    *("\U0001f510 a", "\U0001f510", "\u00a9 2026", "a\tb", "a\u00a0b", "\u6f22\u5b57", "caf\u00e9 na\u00efve \u20ac"),
    *(
        "a\u200db",
        "\u2019",
        "key: 'v', \"w\"",
        "a" * 300,
        "a, b",
        "a,b",
        "[",
        "]",
        "{",
        "}",
        "+ a",
        "1) a",
        "x:y",
        "a :b",
    ),
]


def by_markdown(folder: Path, checklist: Checklist) -> Checklist:
    """`checklist` as it comes back from the Markdown that it is exported as."""
    file = folder / "checklist.md"
    file.write_text(checklist_markdown(checklist), encoding="utf-8")
    return import_file(file, file.name).checklist


def checklist_of(title: str) -> Checklist:
    """A checklist that holds `title` wherever a line of text may stand."""
    items = (
        Item(id="todo", title=title),
        Item(id="doing", title=title, status=Status.DOING),
        Item(id="parent", title=title, items=(Item(id="done", title=title, status=Status.DONE),)),
        Item(
            id="waived",
            title=title,
            status=Status.WAIVED,
            waiver=ItemWaiver(reason=title, until=date(2027, 1, 31)),
            evidence=(Evidence(file=title, contains=title, note=title),),
        ),
    )
    return Checklist(
        title=title,
        owners=(Owner(id="team", title=title, contact=title),),
        areas=(
            Area(id="plain", title=title, items=items),
            Area(
                id="area",
                title=title,
                icon="\U0001f510",
                groups=(Group(id="group", title=title, items=(Item(id="last", title=title),)),),
            ),
        ),
        phases=(Phase(id="phase", title=title, weeks="1-2", goals=(Goal(title=title),)),),
    )


def phases(checklist: Checklist) -> list[tuple[str, str | None, list[str]]]:
    return [(phase.title, phase.weeks, [goal.title for goal in phase.goals]) for phase in checklist.phases]


@pytest.mark.parametrize("title", NASTY)
def test_a_title_comes_back_from_yaml(title: str) -> None:
    checklist = checklist_of(title)
    assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist


@pytest.mark.parametrize("title", NASTY)
def test_any_reader_of_yaml_takes_a_title_for_the_same_text(title: str) -> None:
    assert yaml.safe_load(f"title: {write_scalar(title)}\n") == {"title": title}


# A joiner outside of an emoji is written as an escape in YAML; Markdown has none, and the file would be refused.
@pytest.mark.parametrize("title", [title for title in NASTY if "\u200d" not in title])
def test_a_title_comes_back_from_markdown(tmp_path: Path, title: str) -> None:
    checklist = checklist_of(title)
    back = by_markdown(tmp_path, checklist)
    assert [(item.title, item.status, item.waiver) for item in back.walk()] == [
        (item.title, item.status, item.waiver) for item in checklist.walk()
    ]
    assert [(area.title, area.icon, [group.title for group in area.groups]) for area in back.areas] == [
        (area.title, area.icon, [group.title for group in area.groups]) for area in checklist.areas
    ]
    assert (back.title, phases(back)) == (checklist.title, phases(checklist))


@pytest.mark.parametrize("title", [title for title in NASTY if "\u200d" not in title])
def test_what_an_item_carries_comes_back_from_yaml_and_from_markdown(tmp_path: Path, title: str) -> None:
    word = title.replace(",", "")
    links = (
        ItemLink(title=title, url="https://example.org/a_(b)?c=[d]&e=`f`"),
        ItemLink(url="https://example.org/*a*/_b_.md"),
        ItemLink(title=title, page="guides/a b.md"),
        ItemLink(page="guides/a.md"),
        ItemLink(title=title, file="files/a <b>\\c.pdf"),
        ItemLink(file="files/a.pdf"),
    )
    carried: dict[str, Any] = {
        "text": "Why.",
        "priority": word,
        "effort": word,
        "level": word,
        "tags": (word, "b"),
        "maps": (word,),
    }
    below = Item(id="below", title="Below", links=links, **carried)
    items = (
        Item(id="first", title="First", items=(below,), **carried),
        Item(id="second", title="Second", tags=tuple(f"{number} {word[:200]}" for number in range(40)), links=links),
        Item(id="third", title="Third"),
    )
    checklist = Checklist(title="T", areas=(Area(id="area", title="Area", items=items),))
    assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist
    assert by_markdown(tmp_path, checklist) == checklist


@pytest.mark.parametrize(
    "text",
    [
        "One line.",
        "Two\nlines.",
        "Two\n\nparagraphs.",
        "# no heading",
        "- [ ] no item",
        "1. no list",
        "---",
        "a\n===",
        "a\n  b: c\n\td",
        "> no quote",
        "\\- a",
        "| a |\n|---|",
        "**bold**",
        "<b>\nx",
    ],
)
def test_prose_comes_back_from_yaml_and_from_markdown(tmp_path: Path, text: str) -> None:
    item = Item(id="item", title="Item", text=text, items=(Item(id="part", title="Part", text=text),))
    checklist = Checklist(
        title="T",
        description=text,
        closing=text,
        areas=(Area(id="area", title="Area", summary=text, items=(item,)),),
    )
    assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist
    back = by_markdown(tmp_path, checklist)
    unindented = "\n".join(line.strip() for line in text.split("\n"))
    assert (back.description, back.areas[0].summary, back.closing) == (unindented,) * 3
    assert [item.text for item in back.walk()] == [unindented] * 2


def test_the_yaml_has_one_style() -> None:
    checklist = Checklist(
        title="Platform & more",
        start=date(2026, 10, 5),
        owners=(Owner(id="team", title="Team", contact="#team"),),
        areas=(
            Area(
                id="on",
                title="First",
                icon="\U0001f510",
                summary="Two\nlines.",
                owner="team",
                aliases=("first", "one"),
                items=(
                    Item(
                        id="done",
                        title="Create `.gitignore` file",
                        status=Status.DONE,
                        evidence=(Evidence(file=".gitignore", contains=".venv"), Evidence(url="https://example.org/a")),
                    ),
                    Item(
                        id="waived",
                        title="it's: odd",
                        status=Status.WAIVED,
                        waiver=ItemWaiver(reason="None here.", until=date(2027, 1, 31)),
                    ),
                ),
            ),
            Area(
                id="second",
                title="Second",
                groups=(Group(id="group", title="Group", items=(Item(id="a", title="A"),)),),
            ),
        ),
        phases=(Phase(id="phase-one", title="One", weeks="3", goals=(Goal(title="G", items=("on", "second")),)),),
    )
    assert to_yaml(checklist) == textwrap.dedent("""\
        # yaml-language-server: $schema=checklist.schema.json
        title: 'Platform & more'
        start: 2026-10-05

        owners:
          - id: team
            title: Team
            contact: '#team'

        areas:
          - id: 'on'
            title: First
            icon: \U0001f510
            summary: |-
              Two
              lines.
            owner: team
            aliases: [first, one]
            items:
              - id: done
                title: 'Create `.gitignore` file'
                status: done
                evidence:
                  - file: '.gitignore'
                    contains: '.venv'
                  - url: https://example.org/a
              - id: waived
                title: 'it''s: odd'
                status: waived
                waiver:
                  reason: None here.
                  until: 2027-01-31

          - id: second
            title: Second
            groups:
              - id: group
                title: Group
                items:
                  - id: a
                    title: A

        phases:
          - id: phase-one
            title: One
            weeks: 3
            goals:
              - title: G
                items: ['on', second]
        """)


def test_states_are_told_in_markdown() -> None:
    checklist = Checklist(
        title="T",
        areas=(
            Area(
                id="a",
                title="A",
                items=(
                    Item(id="i", title="Todo"),
                    Item(id="j", title="Doing", status=Status.DOING),
                    Item(id="k", title="Parent", items=(Item(id="l", title="Done", status=Status.DONE),)),
                    Item(
                        id="m",
                        title="Waived",
                        status=Status.WAIVED,
                        waiver=ItemWaiver(reason="Not\nneeded.", until=date(2027, 1, 31)),
                    ),
                ),
            ),
        ),
    )
    assert checklist_markdown(checklist) == textwrap.dedent("""\
        # T

        ## A

        - [ ] Todo
        - [ ] Doing (in progress)
        - [x] Parent
          - [x] Done

        - [ ] Waived (waived until 2027-01-31: Not needed.)
        """)
