from __future__ import annotations

import pytest

from opsbook.problems import ProblemsError
from opsbook.source.yaml import compose_yaml, parse_yaml


def problems(text: str, *, first_line: int = 1) -> str:
    with pytest.raises(ProblemsError) as caught:
        parse_yaml(text, "f", first_line=first_line)
    return str(caught.value)


def test_every_value_is_the_text_that_was_written() -> None:
    text = "a: [no, on, 22:30, 1.10, 010, ~, null, 2026-10-05, 0x1f]\nb:\nc: ''\n"
    assert parse_yaml(text, "f").tree == {
        "a": ["no", "on", "22:30", "1.10", "010", "~", "null", "2026-10-05", "0x1f"],
        "b": "",
        "c": "",
    }


def test_text_in_blocks_and_quotes_is_read_as_yaml_says() -> None:
    text = "a: |-\n  one\n    two\nb: >-\n  one\n  two\nc: 'it''s'\nd: \"tab\\there\"\n? long key\n: e\n"
    assert parse_yaml(text, "f").tree == {
        "a": "one\n  two",
        "b": "one two",
        "c": "it's",
        "d": "tab\there",
        "long key": "e",
    }


def test_places_count_from_the_first_line_of_the_file() -> None:
    document = parse_yaml("a:\n  - b: c\n", "page.md", first_line=2)
    assert str(document.problem(("a", 0, "b"), "here")) == "page.md:3:8: here"
    assert problems("a: b: c", first_line=2) == "f:2:5: a `: ` stands inside a value; put the value in quotes"


def test_all_refusals_of_a_file_come_at_once() -> None:
    assert problems("a: &x 1\nb: *x\na: !t 2\n") == (
        "f:1:4: anchors (`&x`) are not allowed; remove it\n"
        "f:2:4: aliases (`*x`) are not allowed; write the value out\n"
        "f:3:1: duplicate key `a`; the first one stands on line 1\n"
        "f:3:4: tags (`!t`) are not allowed; write the value without it, or in quotes"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n\tc: d\n", "f:2:1: a tab stands here; indent with spaces"),
        ("a: |\n\tx\n", "f:2:1: a tab stands here; indent with spaces"),
        ("a: @x\n", "f:1:4: a value cannot start with @ here; put it in quotes"),
        ("a: & x\n", "f:1:4: a value cannot start with & here; put it in quotes"),
        (
            "a:\n  - b: c\n d: e\n",
            "f:3:2: this line is indented unlike its neighbours; give all entries of one list or ",
        ),
        ("- a\nb: c\n", "f:2:1: a key stands among list entries; start its line with `- ` or indent it"),
        ("a: {b: c\n", "f:1:4: this bracket is never closed; write `}` after its last entry"),
        ("a: [b, c}\n", "f:1:9: a `,` or a `]` is missing before this"),
        ("a: [b,, c]\n", "f:1:7: a value is missing before this `,`"),
        ("a: [b]]\n", "f:1:7: a `]` stands alone here; put the text in quotes"),
        ("a: 'b', c\n", "f:1:7: a `,` stands alone here; put the text in quotes"),
        (
            'a: "b" c\n',
            "f:1:8: text stands after the closing quote; put all of it in the quotes, and write a `'` inside",
        ),
        ("a: >\n  x\n y\n", "f:3:2: text stands here where a key is expected; allowed: `key: value`"),
        ("a: |x y\n", "f:1:5: text stands after `|` or `>`; start it on the next line, or use quotes"),
        (": a\n", "f:1:1: a key is missing before this `:`"),
        ("a: b\n? - ? c\n", "f:2:3: a key is a list, a mapping or an alias; allowed: text"),
        ("a: !e!x y\n", "f:1:4: tags are not allowed; write the value without it, or in quotes"),
        ('a: "\\x0"\n', "f:1:7: this escape needs 2 hexadecimal digits; use single quotes"),
        ("%TAG\n", "f:1:1: this directive is not allowed; remove the line"),
        (f"%YAML {'9' * 5000}.1\n---\na: b\n", "f:1:7: this directive is not allowed; remove the line"),
        ("%YAML 1.1\n%YAML 1.1\n---\na: b\n", "f:2:1: this directive is not allowed; remove the line"),
        ("a: b\ufffe\n", "f:1:5: this character is not allowed; remove it"),
        ("a: " + "[" * 5000, "f:1:28: this is nested deeper than 24 levels; make it flatter"),
        (f"{'k' * 2000}: a\n", "f:1:1: this does not fit the line above: one is indented wrongly, or the other lacks "),
        (
            f"? {'k' * 200}\n: a\n? {'k' * 200}\n: b\n",
            f"f:3:3: duplicate key `{'k' * 59}…`; the first one stands on line 1",
        ),
    ],
)
def test_a_mistake_is_told_in_words_of_its_author(text: str, expected: str) -> None:
    assert problems(text).startswith(expected)


@pytest.mark.parametrize("deep", ["- " * 60_000, "[" * 60_000, "? " * 60_000])
def test_foreign_yaml_that_is_nested_too_deep_does_not_end_the_process(deep: str) -> None:
    with pytest.raises(RecursionError):
        compose_yaml(deep)
