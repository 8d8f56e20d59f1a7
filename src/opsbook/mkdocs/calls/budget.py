"""How much one page may do: a sum of rounds, calls and characters that no honest page comes near.

Jinja has no limit of its own. A loop that never ends, or a text that doubles at each turn, would hold the build and
take its memory; here it ends in a message instead.
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
    """A page asks for more than it may."""


@dataclass
class Budget:
    """What is left for the page that is being rendered."""

    left: int = MOST_STEPS

    def renew(self) -> None:
        """Start with a new page."""
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Take `steps` away. Raises TooMuchError when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError("the calls of this page do too much; does a loop never end?")

    def rounds(self, things: Iterable[object], text: int) -> Iterator[object]:
        """Yield `things`, each for the price of a round that prints `text` characters of its own."""
        for thing in things:
            self.spend(ROUND + text)
            yield thing


def judge_size(size: int) -> None:
    """Raise TooMuchError for a text or list of `size`."""
    if size > MOST_CHARACTERS:
        raise TooMuchError(f"this makes more than {MOST_CHARACTERS:,} characters or entries; make it smaller")


def judge_value(value: object) -> None:
    """Raise TooMuchError for a text that is too long, or for lists whose entries and theirs in turn are too many.

    A list may hold another one twice, so a few lines make one whose text would have no end. Each is counted once, and
    its size wherever it stands.
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
    """Raise TooMuchError where `left operator right` would be too large, before it is worked out."""
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
    """Raise TooMuchError for a format that pads without measure, such as `%999999999d`."""
    for match in _FORMAT.finditer(str(template)):
        for part in (match["width"], match["precision"]):
            if part == "*" or len(part or "") > 3:
                raise TooMuchError(f"`{match.group()[:20]}` pads too far; allowed: up to 999 characters")


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _judge_bits(bits: int) -> None:
    if bits > MOST_BITS:
        raise TooMuchError(f"this number has more than {MOST_BITS:,} bits; allowed: smaller ones")
