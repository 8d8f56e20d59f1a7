"""Read what a branch of a runbook says of a query's value: `below 0.5`, `nothing`, `a negative number`, `NaN`.

A value is a number, or None for an empty result. To each the reader answers yes, no or perhaps. Whatever it does not
know for certain is perhaps, so that nobody is told of a gap that a person would not see.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from opsbook.content.phrases import LEAD, LOOSE, PHRASES, TAIL

_NUMBERED = ("<", ">", "<=", ">=", "=")
LONGEST_PHRASE = 120
"""A longer one says more than a value, and would take long to look at."""

Value = float | None


class Named(Enum):
    """Whether a branch is for a value."""

    NO = 0
    PERHAPS = 1
    YES = 2


Says = Callable[[Value], Named]

_LINK = re.compile(r"\[([^][]*)\]\([^()\s]*\)")
_LESS_OR_MORE = "more|less|fewer|below|above|lower|higher|under|over"
_OR = re.compile(rf"(?<!\bone)(?<!\btwo),? or (?!(?:{_LESS_OR_MORE})\b\s*(?:$|,|(?:and|for|within|in)\b))")
_TOO = re.compile(r", (?P<value>[^\s,]+) too\b")
"""As in `less, 0 too`."""
_CODE = re.compile(r"`[^`]+`")
_ALONE = re.compile(r"`(?:[A-Za-z_][\w.-]*)`")


@dataclass(frozen=True)
class Reading:
    """What one phrase says: the name of the pattern that it fits, and its numbers."""

    kind: str
    number: float = 0.0
    other: float = 0.0

    def says(self, value: Value) -> Named:
        """Return whether the phrase is for `value`."""
        return _SAYS[self.kind](self, value)


@dataclass(frozen=True)
class Condition:
    """What stands before the arrow of a branch, as far as it can be read.

    `choices` are its alternatives, each of parts that hold together; a part is None where it cannot be read.
    """

    text: str
    choices: tuple[tuple[Reading | None, ...], ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return all parts that can be read."""
        return tuple(part for choice in self.choices for part in choice if part)

    @property
    def is_rest(self) -> bool:
        """Return whether it is for all that the others leave."""
        return any(part.kind == "else" for part in self.readings)

    def says(self, value: Value, *, of_one: bool = True) -> Named:
        """Return whether the branch is for `value`; unless it is `of_one` query, each part may be about another."""
        return max((_of_choice(choice, value, of_one) for choice in self.choices), key=lambda named: named.value)


def read_conditions(texts: Iterable[str]) -> tuple[Condition, ...]:
    """Return the conditions of the branches that belong together; `less` alone is less than what the others name."""
    read = [_condition(text) for text in texts]
    numbers = {part.number for each in read for part in each.readings if part.kind in _NUMBERED}
    return tuple(
        Condition(each.text, tuple(tuple(_settled(part, numbers) for part in choice) for choice in each.choices))
        for each in read
    )


def is_readable(text: str) -> bool:
    """Return whether all that `text` says can be read by itself."""
    return all(part is not None for choice in _condition(text).choices for part in choice)


def _settled(part: Reading | None, numbers: set[float]) -> Reading | None:
    if part is None or part.kind not in ("less", "more"):
        return part
    if len(numbers) != 1:
        return None
    return Reading("<" if part.kind == "less" else ">", next(iter(numbers)))


def _condition(text: str) -> Condition:
    plain = _LINK.sub(r"\1", text)
    plain = _CODE.sub(lambda code: code.group().replace(":", ";"), plain).partition(":")[0].strip(" .")
    plain = _TOO.sub(r" or \g<value>", plain)
    choices = [plain] if _fits(plain, has_tail=False) else _OR.split(plain)
    if len(choices) > 1 and all(map(_phrase, listed := [part for choice in choices for part in choice.split(", ")])):
        choices = listed  # As in `below 1, NaN or nothing`.
    return Condition(plain, tuple(tuple(map(_phrase, _together(choice))) for choice in choices))


def _together(choice: str) -> Sequence[str]:
    """Return the parts of an alternative that hold together; an `and` between two numbers of one part is not one."""
    if _fits(choice):
        return [choice]
    return [part for part in re.split(r",? (?:and|but|yet) |, |; ", choice) if part.strip()]


def _phrase(text: str) -> Reading | None:
    if _ALONE.fullmatch(text.strip()) and not _fits(text):
        return Reading("listed")
    return _fits(text)


def _fits(text: str, *, has_tail: bool = True) -> Reading | None:
    """Return what a phrase says; None where it cannot be read. Without `has_tail`, all of it has to count."""
    if len(text) > LONGEST_PHRASE:
        return None
    plain = text.replace("`", "").strip(" ,.").lower()
    tries = [plain, LEAD.sub("", plain)]
    tries += [TAIL.sub("", each) for each in tries] if has_tail else []
    for phrases in (PHRASES, LOOSE) if has_tail else (PHRASES,):
        for each in tries:
            for kind, pattern in phrases:
                if found := pattern.fullmatch(each):
                    return _reading(kind, found)
    return None


def _reading(kind: str, found: re.Match[str]) -> Reading:
    groups = found.groupdict()
    number, other = _number(groups.get("number")), _number(groups.get("other"))
    return Reading(kind, number, other)


def _number(text: str | None) -> float:
    if text is None or text == "zero":
        return 0.0
    return float(text.replace(",", "") if text.count(",") else text) if text.count(".") < 2 else math.nan


def _of_choice(choice: Sequence[Reading | None], value: Value, of_one: bool) -> Named:
    answers = [part.says(value) if part else Named.PERHAPS for part in choice]
    if len(answers) == 1:
        return answers[0]
    if of_one:
        return Named.NO if Named.NO in answers else Named.PERHAPS
    return Named.NO if set(answers) == {Named.NO} else Named.PERHAPS


def _if(holds: Callable[[Reading, float], bool], named: Named = Named.YES) -> Callable[[Reading, Value], Named]:
    """Return an answer that is `named` for the numbers for which `holds`, and no for all others."""

    def says(reading: Reading, value: Value) -> Named:
        return named if value is not None and not math.isnan(value) and holds(reading, value) else Named.NO

    return says


def _negative(_reading: Reading, value: Value) -> Named:
    # Whether a person takes minus infinity for a negative number is open.
    if value == -math.inf:
        return Named.PERHAPS
    return Named.YES if value is not None and value < 0 else Named.NO


def _listed(_reading: Reading, value: Value) -> Named:
    return Named.NO if value is None else Named.PERHAPS


_SAYS: dict[str, Callable[[Reading, Value], Named]] = {
    "empty": lambda _reading, value: Named.YES if value is None else Named.NO,
    "listed": _listed,
    "nan": lambda _reading, value: Named.YES if value is not None and math.isnan(value) else Named.NO,
    "inf": _if(lambda _reading, value: value == math.inf),
    "-inf": _if(lambda _reading, value: value == -math.inf),
    "negative": _negative,
    "positive": _if(lambda _reading, value: value > 0),
    "between": _if(lambda reading, value: reading.number <= value <= reading.other),
    "<": _if(lambda reading, value: value < reading.number),
    ">": _if(lambda reading, value: value > reading.number),
    "<=": _if(lambda reading, value: value <= reading.number),
    ">=": _if(lambda reading, value: value >= reading.number),
    "=": _if(lambda reading, value: math.isclose(value, reading.number, rel_tol=1e-6)),
    "near": _if(lambda reading, value: abs(value - reading.number) <= max(abs(reading.number), 1) / 2, Named.PERHAPS),
    "far": _if(lambda _reading, value: math.isfinite(value) or value > 0, Named.PERHAPS),
    "finite": _if(lambda _reading, value: math.isfinite(value), Named.PERHAPS),
    "else": lambda _reading, _value: Named.PERHAPS,
}
