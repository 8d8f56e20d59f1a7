from __future__ import annotations

from datetime import date

import pytest

from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import ItemWaiver, Status

ITEM = """\
title: T
areas:
  - id: a
    title: A
    items:
      - id: i
"""


@pytest.mark.parametrize(
    "word", ["no", "on", "yes", "22:30", "1.10", "010", "~", "null", "0x1f", "2026-10-05", "=", "1e3"]
)
def test_a_title_is_the_text_that_was_written(word: str) -> None:
    checklist, _ = parse_checklist(f"{ITEM}        title: {word}\n", "checklist.yml")
    assert [item.title for item in checklist.walk()] == [word]


def test_a_waiver_past_its_day_is_still_a_waiver_since_the_engine_has_no_clock() -> None:
    text = f"{ITEM}        title: I\n        status: waived\n        waiver: {{reason: Then, until: 2001-01-01}}\n"
    checklist, _ = parse_checklist(text, "checklist.yml")
    item = next(checklist.walk())
    assert item.status is Status.WAIVED
    assert item.waiver == ItemWaiver(reason="Then", until=date(2001, 1, 1))


def test_a_value_and_the_key_that_names_it_have_a_place() -> None:
    _, document = parse_checklist(f"{ITEM}        title: I\n", "checklist.yml")
    at = ("areas", 0, "items", 0, "title")
    assert str(document.problem(at, "here")) == "checklist.yml:7:16: here"
    assert str(document.problem(at, "here", key=True)) == "checklist.yml:7:9: here"
    assert str(document.problem(at[:-1], "here", key=True)) == "checklist.yml:6:9: here"
    assert str(document.problem((*at[:-1], "status"), "here")) == "checklist.yml:6:9: here"


def test_a_group_may_serve_as_a_goal_and_a_phase_without_weeks_has_no_span() -> None:
    text = f"{ITEM}        title: I\nphases:\n  - id: p\n    title: P\n    goals: [{{title: G, items: [a, i]}}]\n"
    checklist, _ = parse_checklist(text, "checklist.yml")
    assert checklist.phases[0].span is None
    assert checklist.phases[0].goals[0].items == ("a", "i")
