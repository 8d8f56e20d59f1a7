"""Find the text in the source of a page, without front matter, fenced blocks, indented code and code spans."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from opsbook.source.fences import Fence

_BACKTICKS = re.compile(r"`+")
_BLANK = re.compile(r"^[ \t]*$", re.MULTILINE)
_CONTAINER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|!!!|\?\?\?|===|///|\[\^[^\[\]]{1,99}\]:|:[ \t]")
# A line that begins a block of its own ends the paragraph before it, and the code span that would reach into it.
_BLOCK = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#|>|<|!!!|\?\?\?|===|\||\[\^)")


@dataclass(frozen=True)
class Visible:
    """The text of a page, of the same length as its source. Front matter and fences are blank in it.

    `indented` are the numbers of the lines of indented code, which is code only outside of raw HTML.
    """

    text: str
    indented: frozenset[int]

    @cached_property
    def starts(self) -> Sequence[int]:
        """Return the offset of each line."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of `offset`."""
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line_start(self, offset: int) -> int:
        """Return where the line of `offset` begins."""
        return self.starts[self.place(offset)[0] - 1]

    def code_end(self, start: int) -> int | None:
        """Return where the code span that begins with the backquotes at `start` ends; None where there is none."""
        run = _BACKTICKS.match(self.text, start)
        if run is None:
            return None
        same = self._runs[len(run.group())]
        following = bisect.bisect_right(same, start)
        if following == len(same) or same[following] >= self._paragraph_end(start):
            return None
        return same[following] + len(run.group())

    def _paragraph_end(self, offset: int) -> int:
        at = bisect.bisect_right(self._ends, offset)
        return self._ends[at] if at < len(self._ends) else len(self.text)

    def blank_line(self, offset: int) -> int:
        """Return where the next blank line begins, or the end of the text: no inline markup reaches beyond it."""
        at = bisect.bisect_right(self._blank, offset)
        return self._blank[at] if at < len(self._blank) else len(self.text)

    @cached_property
    def _blank(self) -> list[int]:
        return [match.start() for match in _BLANK.finditer(self.text)]

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        runs: dict[int, list[int]] = defaultdict(list)
        for match in _BACKTICKS.finditer(self.text):
            runs[len(match.group())].append(match.start())
        return runs

    @cached_property
    def _ends(self) -> list[int]:
        """Return where a block can end: at blank lines, and before lines that begin a block."""
        lines = zip(self.starts, self.text.split("\n"), strict=True)
        return [start for start, line in lines if not line.strip() or _BLOCK.match(line)]


def visible(lines: Sequence[str], fences: Iterable[Fence], *, first: int = 1) -> Visible:
    """Return the text of `lines`; those before number `first` are front matter."""
    hidden = set(range(1, first))
    for fence in fences:
        hidden.update(range(fence.line, fence.end_line + 1))
    shown = [" " * len(line) if number in hidden else line for number, line in enumerate(lines, start=1)]
    return Visible("\n".join(shown), frozenset(_indented(shown)))


def _indented(lines: Sequence[str]) -> Iterable[int]:
    """Yield the lines of indented code: after a blank line, four blanks deeper than the list or note around them."""
    containers: list[int] = []
    is_after_blank, is_code = True, False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            is_after_blank = True
            continue
        width = _width(line)
        is_code = (is_after_blank or is_code) and width >= 4 * (_depth(containers, width) + 1)
        is_after_blank = False
        if is_code:
            yield number
            continue
        while containers and containers[-1] >= width:
            containers.pop()
        if _CONTAINER.match(line.lstrip(" \t")):
            containers.append(width)


def _depth(containers: Sequence[int], width: int) -> int:
    return bisect.bisect_left(containers, width)


def _width(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
