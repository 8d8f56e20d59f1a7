"""Say how near two titles are, and find the near ones among many without comparing each with each."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

NEAR = 0.6
"""From here on two titles in the same place are one that was reworded, where no other is as near."""
MARGIN = 0.1
"""By how much the nearest has to be nearer than the next."""
_MOST_SHARING = 60
"""A word that more titles share than this tells none of them apart."""
_MOST_COMPARED = 12

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    ("a", "an", "and", "are", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to")
)


def plain_title(title: str) -> str:
    """Return `title` as two people would write it alike: without case, punctuation and spaces of its own.

    >>> plain_title("Set up `CI/CD`."), plain_title("set up CI / CD")
    ('set up ci cd', 'set up ci cd')
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", title).casefold()))


def title_sign(title: str) -> str:
    """Return by what `title` is known, however it is written; all of it where it has neither letters nor digits."""
    return plain_title(title) or title


@lru_cache(maxsize=32_768)
def title_words(title: str) -> frozenset[str]:
    """Return the words of `title` that tell it apart; of a script without spaces, its pairs of letters."""
    found = plain_title(title).split()
    parts = [part for word in found for part in (_pairs(word) if _is_without_spaces(word) else (word,))]
    return frozenset(part for part in parts if part not in _SMALL) or frozenset(parts)


def nearness(one: str, other: str) -> float:
    """Return how near two titles are, from 0 to 1."""
    mine, theirs = title_words(one), title_words(other)
    shared = 2 * len(mine & theirs) / max(len(mine) + len(theirs), 1)
    if shared < NEAR / 2:
        return shared
    matcher = difflib.SequenceMatcher(None, plain_title(one)[:300], plain_title(other)[:300], autojunk=False)
    return (shared + matcher.ratio()) / 2


def overlap(one: str, other: str) -> float:
    """Return which part of the words of the shorter title the longer one holds, from 0 to 1."""
    mine, theirs = title_words(one), title_words(other)
    return len(mine & theirs) / max(min(len(mine), len(theirs)), 1)


def near_titles(title: str, others: Mapping[str, Sequence[int]], titles: Sequence[str]) -> list[tuple[float, int]]:
    """Return those of `titles`, by their number, that are near `title`, the nearest first.

    `others` is what `by_word` returns of the titles that are looked at.
    """
    lists = [others.get(word, ()) for word in title_words(title)]
    rare = [found for found in lists if len(found) <= _MOST_SHARING] or lists
    shared = Counter(number for found in rare for number in found[:_MOST_SHARING])
    scored = ((nearness(title, titles[number]), number) for number, _ in shared.most_common(_MOST_COMPARED))
    near = ((score, number) for score, number in scored if score >= NEAR)
    return sorted(near, key=lambda each: (-each[0], each[1]))


def by_word(titles: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Return the numbers of the titles that hold a word, by the word."""
    found: dict[str, list[int]] = {}
    for number, title in enumerate(titles):
        for word in title_words(title):
            found.setdefault(word, []).append(number)
    return found


def _is_without_spaces(word: str) -> bool:
    return len(word) > 2 and any(unicodedata.category(letter) == "Lo" for letter in word)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
