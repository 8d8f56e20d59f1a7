from __future__ import annotations

import re

import pytest

from opsbook.nouns.runbook.lint_places import PLAIN, special_characters
from opsbook.nouns.runbook.pattern_characters import characters_of
from package import ASSETS

ASCII = [chr(code) for code in range(128)]


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "[^;]",
        ".",
        r"\d",
        r"\D",
        r"\s",
        r"\S",
        r"\w",
        r"\W",
        "[a-f;]",
        r"[^\w\s]",
        r"[\W]",
        r"\$",
        "[]a]",
        r"[\]\\-]",
    ],
)
def test_one_part_takes_the_characters_that_it_matches(part: str) -> None:
    assert characters_of(part, ASCII) == {each for each in ASCII if re.fullmatch(part, each)}


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("a{0}b", "b"),
        ("(a|(?:b|;)+)*?", "ab;"),
        ("^(?!;)a(?=;)$", "a"),
        (r"(a)\1", "a"),
        ("(?>a)b*+", "ab"),
        ("", ""),
        ("(" * 90 + "a" + ")" * 90, "a"),
    ],
)
def test_the_parts_of_a_pattern_are_taken_together(pattern: str, taken: str) -> None:
    assert characters_of(pattern, ASCII) == set(taken)


def test_the_page_lets_in_the_plain_characters_and_no_others() -> None:
    script = (ASSETS / "quoting.js").read_text("utf-8")
    match = re.search(r"plain: .*\[\\p\{L\}\\p\{M\}\\p\{Nd\}(?P<rest>[^\]]+)\]", script)
    assert match is not None
    assert {each for each in PLAIN if not each.isalnum()} == set(match["rest"])


def test_special_is_what_is_not_plain() -> None:
    assert special_characters("[a-zA-Z0-9_./:@%+,=-]+") == set()
    assert special_characters(r"[a-z]+\n?") == {"\n"}
    assert special_characters("[ -~]+") == set(map(chr, range(32, 127))) - PLAIN
