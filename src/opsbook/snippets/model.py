"""Describe a fenced block as its checker sees it: its text, its place, and how to report what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.problems import Problem, Severity

UNCHECKED = "unchecked"
"""The class in an info string that says: no checker reads this block."""

NOT_CODE = frozenset({"console", "output", "text"})
"""Languages that are not code: what a program prints, and files without a syntax of their own."""


@dataclass(frozen=True)
class Snippet:
    """A fenced block. `line` and `column` are those of its fence, counted from 1; `first` that of its first text."""

    path: str
    language: str
    title: str
    code: str
    line: int
    column: int
    first: int
    is_unchecked: bool = False
    runbook: ParsedRunbook | None = field(default=None, compare=False, repr=False)
    """The runbook that the block is a command of."""

    @property
    def name(self) -> str:
        """Return the name of the file that the block shows, in lower case; empty where it has no title."""
        return PurePosixPath(self.title).name.lower()

    @property
    def last(self) -> int:
        """Return the line of the last text."""
        return self.first + self.code.count("\n")

    def holds(self, problem: Problem) -> bool:
        """Return whether `problem` is about this block."""
        return problem.path == self.path and self.line <= problem.line <= self.last

    def problem(self, line: int, column: int, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Return the problem `message` at a place of the text, counted from 1; a place outside is moved to the edge."""
        at = min(max(self.first + line - 1, self.line), self.last)
        return Problem(self.path, at, self.column + max(column, 1) - 1, message, severity)

    def at_fence(self, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Return the problem `message` about the block as a whole."""
        return Problem(self.path, self.line, self.column, message, severity)


Checker = Callable[[Sequence[Snippet]], Iterable[Problem]]


@dataclass(frozen=True)
class SnippetReport:
    """The result of a check: blocks by language, and problems. `unchecked` are the blocks with that mark."""

    checked: Mapping[str, int]
    unchecked: tuple[Snippet, ...]
    problems: tuple[Problem, ...]

    @property
    def total(self) -> int:
        """Return the number of blocks with code."""
        return sum(self.checked.values()) + len(self.unchecked)
