"""Collect what an import could not take over, each with its place, and what it counted and guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

from opsbook.problems import Problem, Severity


@dataclass
class Notes:
    """The warnings about one file, what is left out of it by kind, and what was guessed of its form."""

    path: str
    found: list[Problem] = field(default_factory=list)
    omitted: dict[str, list[int]] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """The Markdown of what is no part of a checklist, such as its table of contents."""

    def add(self, line: int, column: int, message: str) -> None:
        """Add the warning `message` about what is at `line` and `column`."""
        self.found.append(Problem(self.path, line, column, message, Severity.WARNING))

    def left_out(self, what: str, line: int, *, detail: str = "") -> None:
        """Add `line` to those where something of the kind `what`, in the plural, is left out."""
        self.omitted.setdefault(what, []).append(line)
        if detail:
            self.add(line, 1, f"left out: {detail}")

    def is_beside(self, what: str, line: int, text: str) -> None:
        """Add what stands at `line` and is left out since it is no part of a checklist."""
        self.left_out(what, line)
        self.beside.append(text)

    def guess(self, message: str) -> None:
        """Add how the file was understood, which its reader may want otherwise."""
        self.guesses.append(message)
