"""Limit how much one page may compute: loop rounds, calls and characters, far above what an honest page needs.

Jinja has no limit of its own. A loop that never ends, or a text that doubles in each round, would hang the build or
use up its memory; with the limit it ends in a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import cast

from jinja2.exceptions import SecurityError

MOST_STEPS = 2_000_000
"""What one rendering may spend: a round of a loop costs 10 and its text, a call 100, a printed character 1."""
MOST_CHARACTERS = 1_000_000
"""The longest text or list that an expression may make."""
MOST_BITS = 4096
"""The longest whole number."""
ROUND, CALL = 10, 100

_CONTAINERS = frozenset({dict, list, tuple})
_FORMAT = re.compile(r"%(?:\([^()]*\))?[ #0+-]*(?P<width>\*|\d*)(?:\.(?P<precision>\*|\d*))?")


class TooMuchError(SecurityError):
    """A page computes more than it may."""


@dataclass
class Budget:
    """What is left for the page that is being rendered."""

    left: int = MOST_STEPS

    def renew(self) -> None:
        """Start with a new page."""
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Subtract `steps`. Raises TooMuchError if nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError("the calls of this page do too much; does a loop never end?")

    def rounds(self, things: Iterable[object], text: int) -> Iterator[object]:
        """Yield `things`, and spend one round and `text` characters for each. Raises TooMuchError."""
        for thing in things:
            self.spend(ROUND + text)
            yield thing


def judge_size(size: int) -> None:
    """Raise TooMuchError if `size`, that of a text or list, is too large."""
    if size > MOST_CHARACTERS:
        raise TooMuchError(f"this makes more than {MOST_CHARACTERS:,} characters or entries; make it smaller")


def judge_value(value: object) -> None:
    """Raise TooMuchError if a text is too long, or if nested lists have too many entries in total.

    A list may contain another one twice, so a few lines can make one with an endless text. Each list is walked once,
    and its size counts at each place that it appears in.
    """
    if isinstance(value, str):
        judge_size(len(value))
    elif type(value) in _CONTAINERS:
        _size_of(value, {})


def _size_of(value: object, known: dict[int, int]) -> int:
    if type(value) not in _CONTAINERS:
        return 1
    if id(value) not in known:
        parts: Iterable[object] = [*value, *value.values()] if isinstance(value, dict) else cast("list[object]", value)
        known[id(value)] = 1  # One that holds itself is printed with `...` in that place.
        known[id(value)] = 1 + sum(_size_of(part, known) for part in parts)
        judge_size(known[id(value)])
    return known[id(value)]


def judge_operation(operator: str, left: object, right: object) -> None:
    """Raise TooMuchError if the result of `left operator right` would be too large, before it is computed."""
    if operator == "%" and isinstance(left, str):
        judge_format(left)
    elif operator == "+" and isinstance(left, Sized) and isinstance(right, Sized):
        judge_size(len(left) + len(right))
    elif operator == "*":
        for many, times in ((left, right), (right, left)):
            if isinstance(many, Sized) and isinstance(times, int):
                judge_size(len(many) * times)
        _judge_bits(sum(_bits(number) for number in (left, right)))
    elif operator == "**" and isinstance(right, int):
        _judge_bits(_bits(left) * max(right, 0))


def judge_format(template: object) -> None:
    """Raise TooMuchError if a format pads too far, such as `%999999999d`."""
    for match in _FORMAT.finditer(str(template)):
        for part in (match["width"], match["precision"]):
            if part == "*" or len(part or "") > 3:
                raise TooMuchError(f"`{match.group()[:20]}` pads too far; allowed: up to 999 characters")


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _judge_bits(bits: int) -> None:
    if bits > MOST_BITS:
        raise TooMuchError(f"this number has more than {MOST_BITS:,} bits; allowed: smaller ones")
