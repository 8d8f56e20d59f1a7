"""Describe what is wrong in a user's file, and raise all of it in one error.

A problem is printed as `path:line:column: what is wrong; what is allowed`. A mistake of a user is a `Problem`; anything
else that goes wrong is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

MOST_TOLD = 100
"""How many problems of one kind are told of a file."""
MORE_THAN_TOLD = f"more than {MOST_TOLD} problems of this kind stand in this file; mend those first"
_MOST_COMPARED = 10_000
"""How many letters a wrong word is compared with: the time grows with their number."""


class Severity(Enum):
    """An error fails the build, a warning a strict one. A note says what is still to do, and fails nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """One mistake. `line` and `column` count from 1; 0 means that the file as a whole is meant."""

    path: str
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR
    trace: str = field(default="", compare=False, repr=False)
    """The traceback of a fault of opsbook itself, for who asks for it."""
    rule: str = field(default="", compare=False)
    """The name of what is broken, such as `dead-link`, for programs that group problems by it."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        kind = "" if self.severity is Severity.ERROR else f"{self.severity.value}: "
        return f"{place}: {kind}{self.message}"

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Return the key by which problems are sorted: file, line, column."""
        return (self.path, self.line, self.column, self.message)


class ProblemsError(Exception):
    """All the problems that one run found, sorted by file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems), key=lambda problem: problem.order))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def plural(count: int, noun: str, many: str = "") -> str:
    """Return `noun` for a `count` of 1, else its plural: `many`, or `noun` with an s where that is not given.

    >>> plural(1, "guide"), plural(0, "guide"), plural(2, "action is", "actions are")
    ('guide', 'guides', 'actions are')
    """
    return noun if count == 1 else many or f"{noun}s"


def counted(count: int, noun: str, many: str = "") -> str:
    """Return `count` followed by its noun in the form that `plural` gives it.

    >>> counted(1, "block"), counted(3, "block")
    ('1 block', '3 blocks')
    """
    return f"{count} {plural(count, noun, many)}"


def first_problems(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first MOST_TOLD of the errors in one file, then one that says that there are more.

    Nothing further is drawn from `problems`, so that a large file full of mistakes takes no time.
    """
    told: set[Problem] = set()
    for problem in problems:
        if problem in told:
            continue
        if len(told) == MOST_TOLD:
            yield Problem(problem.path, problem.line, problem.column, MORE_THAN_TOLD)
            return
        told.add(problem)
        yield problem


def did_you_mean(word: str, allowed: Iterable[str], *, most: int = 12) -> str:
    """Return the second half of a message: the nearest allowed word where one is near, else the allowed words.

    >>> did_you_mean("sectons", ["sections", "title"])
    'did you mean `sections`?'
    >>> did_you_mean("x", ["todo", "done"])
    'allowed: done, todo'
    """
    words = sorted(set(allowed))
    near = difflib.get_close_matches(word, _worth_comparing(word, words), n=1, cutoff=0.7)
    if near:
        return f"did you mean `{near[0]}`?"
    if not words:
        return "none is declared"
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return f"allowed: {', '.join(words[:most])}{more}"


def _worth_comparing(word: str, words: Sequence[str]) -> Sequence[str]:
    """Return the sorted `words`; of too many, only those nearest to `word` in the alphabet."""
    most = _MOST_COMPARED // max(len(word), 1)
    middle = bisect(words, word)
    return words if len(words) <= most else words[max(0, middle - most // 2) : middle + most // 2]
