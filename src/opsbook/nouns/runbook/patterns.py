"""Check the pattern of a variable without matching it: no value may keep an engine busy for long.

Python checks the example with it; the page tries it on a value from the address, so from anybody. Both engines
backtrack: they try all ways in which a pattern can read the beginnings of a value.
"""

from __future__ import annotations

import functools
import itertools
import re
import re._parser as parser  # type: ignore[import-not-found]
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opsbook.nouns.runbook.positions import TOO_MANY, PatternError, Positions, Ways, read_positions

__all__ = ["LONGEST", "TOO_DEEP", "TOO_MANY", "pattern_fault"]

LONGEST = 500
"""Characters of the longest value that is matched, here as in the page's `quoting.js`."""
MOST_STEPS = 25_000_000
"""Steps that the worst value of LONGEST characters may take, which a browser does in a quarter of a second."""

_MANY_WAYS = (
    "can read one value in so many ways that to try them all would not end: a part that repeats holds another one, or"
    " alternatives or neighbours that fit the same characters; let each character fit one part, as in"
    " `[a-z]+(-[a-z]+)*`"
)
TOO_DEEP = "is nested too deep; use fewer brackets"
_INTRICATE = "has too many parts that fit the same characters; make it simpler"
_SET = "holds `--`, `&&`, `~~` or `||` in brackets, which some engines take for an operation; write the character once"
_MOST_TEXTS, _MOST_WORK = 60, 2_000_000
_ALTERNATIVE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]?|\|", re.DOTALL)


@dataclass
class _Budget:
    """The work that has gone into judging one pattern."""

    spent: int = 0

    def spend(self, work: int) -> None:
        """Count `work`. Raises PatternError where the sum becomes too large."""
        self.spent += work
        if self.spent > _MOST_WORK:
            raise PatternError(_INTRICATE)


@functools.lru_cache(maxsize=1024)
def pattern_fault(pattern: str) -> str | None:
    """Return why `pattern`, which `re` can read, cannot be matched in bounded time; None where it can."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            tree = parser.parse(_with_marks(pattern))
        _judge(tree)
    except FutureWarning:
        return _SET
    except RecursionError:
        return TOO_DEEP
    except PatternError as error:
        return str(error)
    return None


def _with_marks(pattern: str) -> str:
    """Return `pattern` with an empty group before each `|`.

    Without it the parser of Python makes one class of `\\w|a`, which a browser reads as two alternatives.
    """
    return _ALTERNATIVE.sub(lambda found: "()|" if found.group() == "|" else found.group(), pattern)


def _judge(tree: Sequence[Any]) -> None:
    """Raise PatternError where `tree`, or a lookahead at its beginning, can read a text in too many ways."""
    positions, whole = read_positions(tree)
    for ahead in positions.looked_for:
        _judge(ahead)
    masks = _masks(positions)
    if whole.empty > MOST_STEPS:
        raise PatternError(_MANY_WAYS)
    if _is_plain(whole.first, masks) and all(_is_plain(ways, masks) for ways in positions.follow):
        return
    if any(_is_endless(positions, part, masks) for part in _circles(positions.follow)):
        raise PatternError(_MANY_WAYS)
    letters = sorted({mask & -mask for mask in masks})
    texts = [(), *((letter,) for letter in letters), *itertools.permutations(letters, 2)]
    budget = _Budget()
    if any(_steps(positions, whole.first, masks, letters, text, budget) > MOST_STEPS for text in texts[:_MOST_TEXTS]):
        raise PatternError(_MANY_WAYS)


def _masks(positions: Positions) -> list[int]:
    """Return for each position the classes of characters that it matches, one bit for each class."""
    edges = sorted({edge for ranges in positions.ranges for low, high in ranges for edge in (low, high + 1)})
    bits = {edge: 1 << number for number, edge in enumerate(edges)}
    known: dict[object, int] = {}
    for ranges in positions.ranges:
        if ranges not in known:
            known[ranges] = sum({bits[edge] for low, high in ranges for edge in edges if low <= edge <= high})
    return [known[ranges] for ranges in positions.ranges]


def _is_plain(ways: Ways, masks: Sequence[int]) -> bool:
    """Return whether each character leads to at most one of `ways`."""
    seen = 0
    for position, count in ways.items():
        if count > 1 or seen & masks[position]:
            return False
        seen |= masks[position]
    return True


def _circles(follow: Sequence[Ways]) -> list[frozenset[int]]:
    """Return the largest sets of positions in which each can be reached from all, itself included."""
    rest = set(range(len(follow)))
    backward: list[set[int]] = [set() for _ in follow]
    for position, ways in enumerate(follow):
        for other in ways:
            backward[other].add(position)
    found = []
    while rest:
        start = rest.pop()
        circle = _reached(follow, start) & _reached(backward, start)
        rest -= circle
        if circle:
            found.append(frozenset(circle))
    return found


def _reached(follow: Sequence[Ways] | Sequence[set[int]], start: int) -> set[int]:
    seen: set[int] = set()
    todo = [start]
    while todo:
        for each in follow[todo.pop()]:
            if each not in seen:
                seen.add(each)
                todo.append(each)
    return seen


def _is_endless(positions: Positions, circle: frozenset[int], masks: Sequence[int]) -> bool:
    """Return whether one text leads round `circle` in two ways, so that each further round doubles their number.

    That is so where two readers who start at one position and read the same text can part and meet again.
    """
    follow = {at: {to: n for to, n in positions.follow[at].items() if to in circle} for at in circle}
    if any(count > 1 for ways in follow.values() for count in ways.values()):
        return True
    budget = _Budget()
    before: dict[tuple[int, int], set[tuple[int, int]]] = {}
    todo = [(at, at) for at in circle]
    seen = set(todo)
    while todo:
        pair = todo.pop()
        budget.spend(len(follow[pair[0]]) * len(follow[pair[1]]))
        for other in _next_pairs(follow, pair, masks):
            before.setdefault(other, set()).add(pair)
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return any(one != other for at in circle for one, other in before.get((at, at), ()))


def _next_pairs(follow: Mapping[int, Ways], pair: tuple[int, int], masks: Sequence[int]) -> Iterator[tuple[int, int]]:
    for one in follow[pair[0]]:
        for other in follow[pair[1]]:
            if masks[one] & masks[other]:
                yield (one, other) if one <= other else (other, one)


def _steps(
    positions: Positions,
    first: Ways,
    masks: Sequence[int],
    letters: Sequence[int],
    text: Sequence[int],
    budget: _Budget,
) -> int:
    """Return the number of ways in which the beginnings of a long text are read.

    The text repeats `text`; where that does not lead on, or is empty, it takes the letter that leads on in most ways.
    """
    period = len(text) or 1
    total, ways, number = 0, first, 0
    last_total, last_ways = 0, first
    while number < LONGEST:
        here = _readers(ways, masks, letters, text[number % period] if text else 0, budget)
        budget.spend(sum(len(positions.follow[at]) for at in here))
        total += sum(here.values())
        if not here or total > MOST_STEPS:
            break
        ways = _after(positions, here)
        number += 1
        if number % period == 0:
            if ways == last_ways:  # So each further round adds what the last one did.
                return total + (total - last_total) * (LONGEST - number) // period
            last_total, last_ways = total, ways
    return total


def _readers(ways: Ways, masks: Sequence[int], letters: Sequence[int], letter: int, budget: _Budget) -> Ways:
    """Return those of `ways` that read `letter`; where none does, those that read the best one of `letters`."""
    here = {at: count for at, count in ways.items() if masks[at] & letter}
    if here:
        return here
    budget.spend(len(letters) * len(ways))
    choices = [{at: count for at, count in ways.items() if masks[at] & other} for other in letters]
    return max(choices, key=lambda choice: sum(choice.values()))


def _after(positions: Positions, here: Ways) -> Ways:
    """Return the ways to go on from `here`."""
    ways: dict[int, int] = {}
    for at, count in here.items():
        for to, more in positions.follow[at].items():
            ways[to] = ways.get(to, 0) + count * more
    return ways
