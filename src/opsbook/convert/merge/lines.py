"""Change places of a text and keep every byte beside them: line ends of any kind, a byte order mark, blanks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

_LINE_END = re.compile(r"\r\n|\r|\n")
MARK = "\ufeff"


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    text: str
    depth: int = 0


@dataclass
class ChangedText:
    """A text as it is in its file (`raw`), with changes. Places count in `text`, whose lines end in `\\n`."""

    raw: str
    changes: list[_Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = _LINE_END.sub("\n", self.raw.removeprefix(MARK))

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` in the place of what is from `start` to `end`."""
        self.changes.append(_Change(start, end, text))

    def insert(self, at: int, text: str, *, depth: int = 0) -> None:
        """Put `text` at a place, behind what was put there before, and before what is less deep."""
        self.changes.append(_Change(at, at, text, depth))

    def line_start(self, at: int) -> int:
        """Return where the line of a place begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Return where the line of a place ends, before its line end."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def result(self) -> str:
        """Return the raw text with all changes. Raise ValueError where two of them are about the same place."""
        ordered = sorted(self.changes, key=lambda change: (change.start, change.end, -change.depth))
        if any(one.end > other.start for one, other in pairwise(ordered)):
            raise ValueError("two changes of one place")
        end = self._usual_end()
        place = self._places()
        parts, done = [], 0
        for change in ordered:
            start = max(place(change.start), done)
            parts += [self.raw[done:start], change.text.replace("\n", end)]
            done = max(place(change.end), start)
        return "".join((*parts, self.raw[done:]))

    def _usual_end(self) -> str:
        found = _LINE_END.search(self.raw)
        return found.group() if found else "\n"

    def _places(self) -> Callable[[int], int]:
        """Return a function from a place in `text` to the same place in `raw`."""
        shift = len(self.raw) - len(self.raw.removeprefix(MARK))
        starts, raw_starts = [0], [shift]
        for found in _LINE_END.finditer(self.raw, shift):
            starts.append(starts[-1] + found.start() - raw_starts[-1] + 1)
            raw_starts.append(found.end())

        def place(at: int) -> int:
            line = bisect_right(starts, at) - 1
            return raw_starts[line] + at - starts[line]

        return place
