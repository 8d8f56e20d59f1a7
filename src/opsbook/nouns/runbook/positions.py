"""Read a regular expression as positions, each of one character, and count the ways in which one may follow another.

This is Glushkov's automaton with counts. An engine that backtracks tries each of the ways, so their number is the time
that it may take. https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm
"""

from __future__ import annotations

# The parser of `re` has no public name (https://github.com/python/cpython/tree/3.11/Lib/re): a test of patterns of
# every form notices when what it returns changes.
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MOST_REPETITIONS = 500
"""The largest count in a pattern: no value has more characters."""
MOST_POSITIONS, MOST_WAYS = 2_000, 200_000
TOO_LARGE = "is too large; use smaller counts"
TOO_MANY = f"counts above {MOST_REPETITIONS}, and no value is as long; use a smaller count, or none"

Ways = dict[int, int]
Ranges = tuple[tuple[int, int], ...]
_LAST = 0x10FFFF
# What is outside of ASCII counts roughly: it only matters which classes have a character in common.
_CATEGORIES: dict[Any, Ranges] = {
    codes.CATEGORY_DIGIT: ((48, 57), (0x660, 0x669)),
    codes.CATEGORY_SPACE: ((9, 13), (28, 32), (0x85, 0x85), (0xA0, 0xA0), (0x2000, 0x200A), (0x2028, 0x2029)),
    codes.CATEGORY_WORD: ((48, 57), (65, 90), (95, 95), (97, 122), (0xC0, 0x1FFF), (0x2C00, 0xD7FF), (0xF900, _LAST)),
}
_NEGATED = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


class PatternError(ValueError):
    """An error for a pattern that is not accepted; the message ends a sentence that starts with the pattern."""


class PatternPart(NamedTuple):
    """A part of a pattern: the number of ways in which it is empty, begins with each position, and ends with each."""

    empty: int
    first: Ways
    last: Ways


@dataclass
class Positions:
    """The characters of a pattern, one at each position, and the number of ways in which one may follow another."""

    ranges: list[Ranges] = field(default_factory=list)
    follow: list[Ways] = field(default_factory=list)
    looked_for: list[Sequence[Any]] = field(default_factory=list)
    is_repeated: bool = False
    steps: int = 0

    def sequence(self, nodes: Sequence[Any]) -> PatternPart:
        """Return the part that consists of `nodes` of the parser, one after the other. Raises PatternError."""
        whole = PatternPart(1, {}, {})
        for node in nodes:
            whole = self.joined(whole, self.part(node))
        return whole

    def part(self, node: Any) -> PatternPart:
        """Return the part for one node of the parser. Raises PatternError."""
        code, given = node
        if code is codes.SUBPATTERN:
            return self.sequence(given[3])
        if code is codes.BRANCH:
            return _either([self.sequence(each) for each in given[1]])
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            return self.repeated(*given)
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            if (self.ranges or self.is_repeated) and codes.MAXREPEAT in _flat(given[1]):
                raise PatternError("looks ahead for what repeats; that may stand at its beginning alone")
            self.looked_for.append(given[1])
            return PatternPart(1, {}, {})
        if code is codes.AT:
            return PatternPart(1, {}, {})
        if code is codes.GROUPREF:
            raise PatternError("refers back to a group; write out what stands there")
        return self.character(_ranges(code, given))

    def character(self, ranges: Ranges) -> PatternPart:
        """Return a new position that matches one character of `ranges`. Raises PatternError for one too many."""
        if len(self.ranges) == MOST_POSITIONS:
            raise PatternError(TOO_LARGE)
        self.ranges.append(ranges)
        self.follow.append({})
        here = {len(self.ranges) - 1: 1}
        return PatternPart(0, here, here)

    def joined(self, one: PatternPart, other: PatternPart) -> PatternPart:
        """Return the part in which `other` follows `one`."""
        self.connect(one.last, other.first)
        return PatternPart(
            one.empty * other.empty,
            _sum(one.first, _times(one.empty, other.first)),
            _sum(other.last, _times(other.empty, one.last)),
        )

    def connect(self, lasts: Ways, firsts: Ways) -> None:
        """Let each of `firsts` follow each of `lasts`. Raises PatternError where that makes too many ways."""
        self.steps += len(lasts) * len(firsts)
        if self.steps > MOST_WAYS:
            raise PatternError(TOO_LARGE)
        for last, ways in lasts.items():
            follow = self.follow[last]
            for first, more in firsts.items():
                follow[first] = follow.get(first, 0) + ways * more

    def repeated(self, least: int, most: Any, body: Sequence[Any]) -> PatternPart:
        """Return `body` repeated `least` to `most` times. Raises PatternError for too large a count."""
        is_endless = most is codes.MAXREPEAT
        if least > MOST_REPETITIONS or (not is_endless and most > MOST_REPETITIONS):
            raise PatternError(TOO_MANY)
        self.is_repeated = True
        whole = PatternPart(1, {}, {})
        for _ in range(least - is_endless):
            whole = self.joined(whole, self.sequence(body))
        if is_endless:
            looped = self.sequence(body)
            self.connect(looped.last, looped.first)
            return self.joined(whole, looped if least else looped._replace(empty=looped.empty + 1))
        optional = PatternPart(1, {}, {})
        for _ in range(most - least):
            inner = self.joined(self.sequence(body), optional)
            optional = inner._replace(empty=inner.empty + 1)
        return self.joined(whole, optional)


def read_positions(nodes: Sequence[Any]) -> tuple[Positions, PatternPart]:
    """Return the positions of a pattern that the parser of `re` has read. Raises PatternError for too many."""
    positions = Positions()
    return positions, positions.sequence(nodes)


def _flat(given: Any) -> Iterable[Any]:
    """Yield every leaf of a tree of the parser."""
    if isinstance(given, tuple | list | parser.SubPattern):
        for each in given:
            yield from _flat(each)
    else:
        yield given


def _either(parts: Sequence[PatternPart]) -> PatternPart:
    return PatternPart(
        sum(part.empty for part in parts), _sum(*(part.first for part in parts)), _sum(*(part.last for part in parts))
    )


def _sum(*many: Ways) -> Ways:
    total: Ways = {}
    for ways in many:
        for position, count in ways.items():
            total[position] = total.get(position, 0) + count
    return total


def _times(factor: int, ways: Ways) -> Ways:
    return {position: factor * count for position, count in ways.items()} if factor else {}


def _ranges(code: Any, given: Any) -> Ranges:
    """Return the ranges of characters that a node of the parser matches. Raises PatternError."""
    if code is codes.LITERAL:
        return ((given, given),)
    if code is codes.NOT_LITERAL:
        return _others(((given, given),))
    if code is codes.RANGE:
        return (given,)
    if code is codes.ANY:
        return _others(((10, 10),))
    if code is codes.CATEGORY:
        return _CATEGORIES[given] if given in _CATEGORIES else _others(_CATEGORIES[_NEGATED[given]])
    if code is not codes.IN:
        raise PatternError("uses a form that is not read alike by Python and JavaScript")
    inside = tuple(each for kind, what in given if kind is not codes.NEGATE for each in _ranges(kind, what))
    return _others(inside) if given[0][0] is codes.NEGATE else inside


def _others(ranges: Ranges) -> Ranges:
    rest, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            rest.append((start, low - 1))
        start = max(start, high + 1)
    return (*rest, (start, _LAST)) if start <= _LAST else tuple(rest)
