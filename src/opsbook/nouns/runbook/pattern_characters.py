"""Find the characters that a match of a regular expression may contain.

Its parsed form decides, and no samples are tried: every character that some part of it matches counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# The standard library's own parser, which has no public name. tests/nouns/runbook/test_pattern_characters.py compares
# what is read from it with real matches. https://github.com/python/cpython/blob/3.11/Lib/re/_parser.py
from re import _constants as codes
from re import _parser as parser
from typing import Any

_NOTHING = frozenset({codes.AT, codes.ASSERT, codes.ASSERT_NOT, codes.GROUPREF})
_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def characters_of(pattern: str, among: Iterable[str]) -> frozenset[str]:
    """Return those characters of `among` that a match of `pattern` may contain, possibly too many but never too few.

    Raises `re.error` where `pattern` is no regular expression.
    """
    asked = frozenset(among)
    found: set[str] = set()
    todo: list[Any] = list(parser.parse(pattern))
    while todo and found != asked:
        code, argument = todo.pop()
        if code in _NOTHING:
            continue
        if code is codes.SUBPATTERN:
            todo += argument[3]
        elif code is codes.BRANCH:
            todo += [each for branch in argument[1] for each in branch]
        elif code in _REPEATS:
            if argument[1]:  # Not `{0}`.
                todo += argument[2]
        elif code is codes.ATOMIC_GROUP:
            todo += argument
        else:
            found |= {character for character in asked if _takes(code, argument, character)}
    return frozenset(found)


def _takes(code: Any, argument: Any, character: str) -> bool:
    """Return whether the part of a pattern matches `character`. A part of an unknown kind matches all."""
    if code is codes.LITERAL:
        return bool(argument == ord(character))
    if code is codes.NOT_LITERAL:
        return bool(argument != ord(character))
    if code is codes.ANY:
        return character != "\n"
    if code is codes.IN:
        is_negated = bool(argument) and argument[0][0] is codes.NEGATE
        return is_negated != any(_takes(each[0], each[1], character) for each in argument[int(is_negated) :])
    if code is codes.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    if code is codes.CATEGORY and argument in _CATEGORIES:
        return re.fullmatch(_CATEGORIES[argument], character) is not None
    return True
