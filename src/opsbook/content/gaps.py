"""Compare the values that a query gives with what its branches are for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from opsbook.content.branches import Branch
from opsbook.content.conditions import Named, Reading, Value

_EXACT = ("=", "negative", "nan", "inf", "-inf", "empty")
_COMPARISONS = ("<", ">", "<=", ">=", "between", "=")


def kind_of(value: Value) -> str:
    """Return what a reader would call a value: the kinds of which a runbook names each once.

    >>> kind_of(None), kind_of(float("nan")), kind_of(0.0), kind_of(2.5)
    ('an empty result', '`NaN`', '0', '')
    """
    if value is None:
        return "an empty result"
    if math.isnan(value):
        return "`NaN`"
    if math.isinf(value):
        return "`+Inf`" if value > 0 else "`-Inf`"
    if value == 0:
        return "0"
    return "a negative number" if value < 0 else ""


def is_unnamed(value: Value, branches: Sequence[Branch], *, of_one: bool, is_bit: bool = False) -> bool:
    """Return whether surely none of `branches` is for `value`, and a person would miss it there.

    A number is missed between two that are named, or beyond the last where no branch is for that side. Which numbers a
    metric has is not known otherwise: where `0` and `1` are named, there may be no other. If it `is_bit`, it has just
    these two.
    """
    if any(branch.condition.says(value, of_one=of_one) is not Named.NO for branch in branches):
        return False
    if is_bit and value is not None:
        return value in (0, 1)
    return bool(kind_of(value)) or (value is not None and _is_missed(value, branches))


def _is_missed(value: float, branches: Sequence[Branch]) -> bool:
    """Return whether a branch for the number `value` is missing, by the numbers that `branches` compare with."""
    read = [each for branch in branches for each in branch.condition.readings if each.kind in _COMPARISONS]
    compared = [(each.number, each.kind) for each in read] + [(each.other, "=") for each in read if each.other]
    numbers = [number for number, _ in compared]
    if all(kind == "=" for _, kind in compared):
        return set(numbers) == {0}  # Whatever it is, it is not always 0.
    if any(math.isclose(number, value) for number in numbers):
        return False  # Whether `below 0.5` is for 0.5 too, nobody asks at night.
    least, most = min(numbers), max(numbers)
    if least < value < most:
        return True
    # Beyond the outermost number, what is there is missed only where its branch is for the other side alone.
    outermost, other_side = (most, "<") if value > most else (least, ">")
    return all(kind == other_side for number, kind in compared if number == outermost)


def named_twice(value: Value, branches: Sequence[Branch]) -> tuple[Branch, Branch] | None:
    """Return two branches that are both for `value` and lead to different places; None without such a pair.

    A branch that names just this value, such as `-1`, is meant before one that compares, such as `below 10`.
    """
    sure = [branch for branch in branches if branch.target and branch.condition.says(value) is Named.YES]
    exact = [branch for branch in sure if any(_names(each, value) for each in branch.condition.readings)]
    pairs = itertools.combinations(exact or sure, 2)
    return next(((first, each) for first, each in pairs if first.target != each.target), None)


def _names(reading: Reading, value: Value) -> bool:
    return reading.kind in _EXACT and reading.says(value) is Named.YES
