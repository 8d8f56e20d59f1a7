"""What an import could not take over in, a warning with its place out."""

from __future__ import annotations

from dataclasses import dataclass, field

from opsbook.problems import Problem, Severity


@dataclass
class Notes:
    """The warnings about one file: what was left out, and what was taken in another way than it was written."""

    path: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: int, message: str) -> None:
        """Remember that `message` holds of what stands at `line` and `column`."""
        self.found.append(Problem(self.path, line, column, message, Severity.WARNING))
