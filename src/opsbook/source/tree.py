"""Hold the mappings, lists and texts of a YAML document, and where each of them is in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opsbook.problems import Problem

Location = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True)
class Position:
    """A line and column in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class YamlDocument:
    """A tree with the position of each of its values, and of the key that names it."""

    path: str
    tree: Tree
    values: Mapping[Location, Position]
    keys: Mapping[Location, Position]
    plain: frozenset[Location] = frozenset()
    """The values that are written without quotes, which alone can stand for a number, a truth value or nothing."""

    def position(self, location: Location, *, key: bool = False) -> Position:
        """Return where `location` (or with `key` its key) is, or the nearest thing around it that is in the file."""
        if key and location in self.keys:
            return self.keys[location]
        for length in range(len(location), -1, -1):
            found = self.values.get(location[:length])
            if found is not None:
                return found
        return Position(1, 1)

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """Return the problem `message` at `location`."""
        at = self.position(location, key=key)
        return Problem(self.path, at.line, at.column, message)


def short(text: str, most: int = 60) -> str:
    """Return `text` on one line for a message, cut where it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
