"""What a command prints is held against its page by its form: numbers may differ, words may not."""

from __future__ import annotations

import pytest

from drills.form import differences, named_here

PAGE = """\
 pid  | datname | state  | transaction
------+---------+--------+-----------------
 9912 | orders  | active | 00:06:58.201144
(1 row)
"""


@pytest.mark.parametrize(
    "printed",
    [
        PAGE,
        PAGE.replace("9912", "7").replace("00:06:58.201144", "00:00:01"),
        PAGE.replace("-+-", "---+---").replace(" | ", "   |   "),
        PAGE.replace("(1 row)", " 3 | orders | active | 00:00:02\n(2 rows)"),
        PAGE.replace("\n", "\n\n"),
    ],
)
def test_numbers_widths_and_rows_of_one_form_may_differ(printed: str) -> None:
    assert differences(PAGE, printed) == []


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        (PAGE.replace("active", "idle"), "printed, and not on the page: # | orders | idle | #"),
        ("psql: error: refused\n", "printed, and not on the page: psql: error: refused"),
        ("", "on the page, and not printed: (# row)"),
        (PAGE + "WARNING: reset\n", "printed, and not on the page: WARNING: reset"),
        (PAGE.replace("datname", "usename"), "printed, and not on the page: pid | usename | state | transaction"),
    ],
)
def test_a_word_that_differs_is_told(printed: str, wrong: str) -> None:
    assert wrong in differences(PAGE, printed)


def test_the_order_of_lines_counts() -> None:
    assert differences("a\nb\n", "b\na\n") == ["the lines of the page come in another order"]


def test_lines_of_a_log_are_alike_in_two_versions_of_its_logger() -> None:
    page = (
        'time=2026-11-23T02:53:10.662Z level=ERROR source=coordinator.go:117 msg="Not loaded" file=/a err="no \\"b\\""'
    )
    old = 'ts=2026-11-30T23:28:14Z caller=coordinator.go:118 level=error file=/a msg="Not loaded" err="no \\"b\\""'
    assert differences(page, old) == []
    assert differences(page, old.replace("Not loaded", "Loaded")) != []


def test_names_of_examples_become_those_of_the_stand_as_whole_words() -> None:
    assert named_here("shop shop-2 shops", {"shop": "stand", "shop-2": "other"}) == "stand other shops"
