"""Keep what is found in shell text while it is read: variables, simple commands, and what is quoted."""

from __future__ import annotations

from dataclasses import dataclass, field

from opsbook.shell.quoting import Quoting
from opsbook.shell.shell_commands import SimpleCommand, Span

PRINTS_A_NUMBER = "$(("
"""What a command is inside of that prints what the shell computes with."""

DEEPEST = 8
"""How many brackets, substitutions, backquotes and braces may stand inside each other. No honest command comes near."""


@dataclass(frozen=True)
class ScannedVariable:
    """A variable as it was read. `within` is what it is inside of; `unsure` says that shells differ on how to read it.

    `depth` is the number of command substitutions around it.
    """

    name: str
    start: int
    end: int
    quoting: Quoting
    plain: bool
    within: str
    unsure: bool
    depth: int


@dataclass
class ShellReading:
    """What was found so far in `code`. `bare` is the text with everything quoted blanked out."""

    code: str
    bare: list[str]
    found: list[ScannedVariable] = field(default_factory=list)
    assigned: set[str] = field(default_factory=set)
    """What is set by `${NAME:=…}` and where the shell computes."""
    single_quoted: list[Span] = field(default_factory=list)
    done: list[SimpleCommand] = field(default_factory=list)
    positional: list[tuple[int, bool]] = field(default_factory=list)
    """Where `$1`, `$@` and the like stand, and whether the shell computes with it."""
    printed: list[int] = field(default_factory=list)
    """Where `$(…)` begins."""
    heredocs: list[tuple[str, bool, bool, SimpleCommand]] = field(default_factory=list)
    depth: int = 0
    deepest: int | None = None
    """Where the text first goes deeper than DEEPEST."""
    substitutions: int = 0
    within: str = ""
    unsure: bool = False
    subscript: int = 0
    """Where the brackets behind `$NAME` end, which are a number to compute for zsh and text for other shells."""

    def deeper(self, at: int) -> None:
        """Go one level deeper at `at`."""
        self.depth += 1
        if self.depth > DEEPEST + 1 and self.deepest is None:  # The text itself is the first level.
            self.deepest = at

    def note(
        self, name: str, start: int, end: int, quoting: Quoting, *, plain: bool = True, index: int | None = None
    ) -> None:
        """Record a variable; with `index`, before the variables that were recorded since then."""
        unsure = self.unsure or start < self.subscript
        found = ScannedVariable(name, start, end, quoting, plain, self.within, unsure, self.substitutions)
        self.found.insert(len(self.found) if index is None else index, found)

    def hide(self, start: int, end: int) -> int:
        """Blank out the bare text from `start` to `end`, except line ends; return `end`."""
        for at in range(start, min(end, len(self.code))):
            if self.bare[at] != "\n":
                self.bare[at] = "\0"
        return end
