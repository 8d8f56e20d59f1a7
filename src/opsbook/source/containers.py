"""Tell which lines of Markdown are indented because they stand in a list item, an admonition or the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

CONTAINER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|!!!|\?\?\?|===|///|\[\^[^\]]+\]:|:[ \t]")


class Containers:
    """The containers around the lines of a text. All lines are examined together, when the first one is asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def hold(self, at: int) -> bool:
        """Return whether line `at`, counted from 1, is inside of something, and so is not indented code."""
        return self._inside[at - 1]

    @cached_property
    def _inside(self) -> Sequence[bool]:
        """Return, for each line, whether a less indented line above it, or one around that line, opens a container."""
        inside: list[bool] = []
        above: list[tuple[int, bool]] = []
        """The width of each line that the next may stand below, and whether what stands below it is in something."""
        for line in self.lines:
            if not line.strip():
                inside.append(False)
                continue
            width = width_of(line)
            while above and above[-1][0] >= width:
                above.pop()
            inside.append(bool(above) and above[-1][1])
            opens = bool(CONTAINER.match(line.lstrip()))
            above.append((width, opens or (width > 0 and inside[-1])))
        return inside


def width_of(text: str) -> int:
    """Return how many columns `text` is indented; a tab reaches to the next multiple of four."""
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
