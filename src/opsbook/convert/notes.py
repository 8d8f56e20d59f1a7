"""Collect warnings, with their places, about what an import could not take over."""

from __future__ import annotations

from dataclasses import dataclass, field

from opsbook.problems import Problem, Severity


@dataclass
class Notes:
    """The warnings about one file: what was left out, and what was read in another way than written."""

    path: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: int, message: str) -> None:
        """Add the warning `message` about what is at `line` and `column`."""
        self.found.append(Problem(self.path, line, column, message, Severity.WARNING))
