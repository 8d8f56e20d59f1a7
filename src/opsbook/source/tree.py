"""What a YAML text says: mappings, lists and texts, and where each of them stands in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opsbook.problems import Problem

Location = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True)
class Position:
    """Where something stands in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class YamlDocument:
    """A tree, and where each of its values (and the key that names it) stands."""

    path: str
    tree: Tree
    values: Mapping[Location, Position]
    keys: Mapping[Location, Position]
    plain: frozenset[Location] = frozenset()
    """The values that are written without quotes, which alone can stand for a number, a truth value or nothing."""

    def position(self, location: Location, *, key: bool = False) -> Position:
        """Where `location` (or the key that names it) stands, or the nearest thing above it that is in the file."""
        if key and location in self.keys:
            return self.keys[location]
        for length in range(len(location), -1, -1):
            found = self.values.get(location[:length])
            if found is not None:
                return found
        return Position(1, 1)

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """The problem `message` at `location`."""
        at = self.position(location, key=key)
        return Problem(self.path, at.line, at.column, message)


def short(text: str, most: int = 60) -> str:
    """`text` on one line, cut where it is longer than `most` characters, for use in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
