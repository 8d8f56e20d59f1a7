"""Find the fenced blocks in Markdown from elsewhere, where one that is not closed reaches to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")


@dataclass(frozen=True)
class FencedBlock:
    """A fenced block from the line `first` to before the line `end`, which count from 0, and the sign that opens it."""

    first: int
    end: int
    fence: str
    is_closed: bool

    @property
    def content(self) -> slice:
        """Return which lines are between the fences."""
        return slice(self.first + 1, self.end - self.is_closed)


def fenced_blocks(lines: Sequence[str]) -> Iterator[FencedBlock]:
    """Yield the fenced blocks in `lines`, in order."""
    fence, first = "", 0
    for at, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and not fence:
            fence, first = found["fence"], at
        elif found and found["fence"].startswith(fence) and not found["info"].strip():
            yield FencedBlock(first, at + 1, fence, is_closed=True)
            fence = ""
    if fence:
        yield FencedBlock(first, len(lines), fence, is_closed=False)


def fenced_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines of fenced blocks, those of the fences included."""
    return frozenset(at for block in fenced_blocks(lines) for at in range(block.first, block.end))
