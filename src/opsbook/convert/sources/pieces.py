"""Hold the content of a Markdown file by its headings: lines of lists with what belongs to them, and other pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opsbook.convert.blocks import Bullet, HeadingBlock
from opsbook.source.containers import width_of


@dataclass
class MarkdownPiece:
    """Markdown that is no line of a list: its lines, and what it is."""

    line: int
    last: int
    text: str
    what: str
    is_apart: bool = False
    summary: str = ""
    more: list[tuple[int, str]] = field(default_factory=list)
    """The rows of a table that stand apart from it, below empty lines."""


@dataclass
class ListLine:
    """A line of a list, with the lines and the pieces below it."""

    bullet: Bullet
    content: list[ListLine | MarkdownPiece] = field(default_factory=list)

    @property
    def lines(self) -> list[ListLine]:
        """Return the lines of the list below this one."""
        return [each for each in self.content if isinstance(each, ListLine)]

    def walk(self) -> Iterator[ListLine]:
        """Yield this line, then those below it."""
        yield self
        for line in self.lines:
            yield from line.walk()


@dataclass
class HeadingPart:
    """A heading with what stands below it, in order."""

    heading: HeadingBlock
    content: list[ListLine | MarkdownPiece] = field(default_factory=list)
    parts: list[HeadingPart] = field(default_factory=list)

    def walk(self) -> Iterator[HeadingPart]:
        """Yield this part, then those below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def dedented(lines: Sequence[str]) -> str:
    """Return `lines` as text without the margin of the first one."""
    margin = width_of(lines[0]) if lines else 0
    return "\n".join(_outdented(line, margin) for line in lines).strip("\n")


def _outdented(line: str, margin: int) -> str:
    expanded = line.expandtabs(4) if line[:margin].strip(" ") or "\t" in line[:margin] else line
    return expanded[min(margin, len(expanded) - len(expanded.lstrip(" "))) :].rstrip()


def markdown_of(content: Sequence[ListLine | MarkdownPiece], depth: int = 0) -> str:
    """Return lines and pieces as Markdown again, with four columns for each level of a list."""
    parts: list[str] = []
    for each in content:
        margin = " " * (4 * depth)
        if isinstance(each, MarkdownPiece):
            if each.text:
                parts.append("\n" + "\n".join(margin + line if line else "" for line in each.text.split("\n")) + "\n")
            continue
        box = "" if each.bullet.mark is None else f"[{each.bullet.mark or ' '}] "
        parts.append(f"{margin}- {box}{each.bullet.text}")
        if below := markdown_of(each.content, depth + 1):
            parts.append(below)
    joined = "\n".join(parts)
    return re.sub(r"\n{3,}", "\n\n", joined).strip("\n") if not depth else joined
