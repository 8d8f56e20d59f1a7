"""Hold the content of a Markdown file by its headings: lines of lists with what belongs to them, and other pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opsbook.convert.blocks import Block, Bullet, HeadingBlock, Paragraph, Rule, Skipped, outline_blocks
from opsbook.convert.notes import Notes
from opsbook.convert.outline import MAX_NESTING
from opsbook.convert.sources.collapsed import Collapsed
from opsbook.convert.sources.markup import MarkdownText
from opsbook.source.containers import width_of

_DELIMITER = re.compile(r"[ \t|:-]+$")


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


@dataclass
class _Gatherer:
    """A gatherer that puts each block below the last heading of a higher level, or the last line indented less."""

    source: MarkdownText
    notes: Notes
    parts: list[HeadingPart]
    open: list[ListLine] = field(default_factory=list)
    is_apart: bool = False

    def put(self, block: Block) -> None:
        match block:
            case HeadingBlock():
                self.heading(block)
            case Bullet():
                self.bullet(block)
            case Rule():
                self.is_apart, self.open = True, []
                self.parts[-1].content.append(MarkdownPiece(block.line, block.line, "", "a rule", True))
            case Paragraph():
                last = block.line + block.text.count("\n")
                self.piece(MarkdownPiece(block.line, last, self.raw(block.line, last), "text"), block.indent)
            case Skipped():
                text = self.raw(block.line, block.last)
                if block.what == "HTML":  # Its indentation would make code of what its tags hold.
                    text = "\n".join(line.strip() for line in text.split("\n"))
                self.piece(
                    MarkdownPiece(block.line, block.last, text, block.what), width_of(self.source.lines[block.line - 1])
                )

    def raw(self, first: int, last: int) -> str:
        """Return the lines from `first` to `last` without the margin that they share."""
        return dedented(self.source.lines[first - 1 : last])

    def heading(self, heading: HeadingBlock) -> None:
        self.open, self.is_apart = [], False
        if not heading.text:
            self.notes.add(heading.line, heading.column, "this heading is empty; it is left out")
            return
        while self.parts[-1].heading.level >= heading.level:
            self.parts.pop()
        part = HeadingPart(heading)
        self.parts[-1].parts.append(part)
        self.parts.append(part)

    def bullet(self, bullet: Bullet) -> None:
        self.is_apart = False
        if not bullet.text:
            self.notes.add(bullet.line, bullet.column, "this list line has no text; it is left out")
            return
        while self.open and bullet.indent < self.open[-1].bullet.indent + 2:
            self.open.pop()
        if len(self.open) == MAX_NESTING:
            self.notes.add(
                bullet.line, bullet.column, f"nested deeper than {MAX_NESTING} levels; it is taken one level up"
            )
            self.open.pop()
        line = ListLine(bullet)
        (self.open[-1].content if self.open else self.parts[-1].content).append(line)
        self.open.append(line)

    def piece(self, piece: MarkdownPiece, indent: int) -> None:
        while self.open and indent <= self.open[-1].bullet.indent:
            self.open.pop()
        piece.is_apart = self.is_apart
        content = self.open[-1].content if self.open else self.parts[-1].content
        above = content[-1] if content else None
        if (
            isinstance(above, MarkdownPiece)
            and above.what == "a table"
            and piece.what == "text"
            and _goes_on(above, piece)
        ):
            return
        (self.open[-1].content if self.open else self.parts[-1].content).append(piece)


def _goes_on(table: MarkdownPiece, piece: MarkdownPiece) -> bool:
    """Return whether a paragraph goes on with the table above it, and add it: a line of the last cell, or more rows."""
    lines = piece.text.split("\n")
    if piece.line == max(table.last, *(line for line, _ in table.more), 0) + 1 and "|" not in piece.text:
        text = " ".join(lines)
        if table.more:
            table.more[-1] = (table.more[-1][0], f"{table.more[-1][1].rstrip().removesuffix('|')} {text}")
        else:
            table.text = f"{table.text.rstrip().removesuffix('|')} {text}"
        table.last = piece.last
        return True
    width = len(split_row(table.text.split("\n")[0]))
    rows = [(piece.line + at, line) for at, line in enumerate(lines) if len(split_row(line)) == width > 1]
    if not rows or rows[0][0] != piece.line:
        return False
    for at, line in enumerate(lines):
        if (piece.line + at, line) in rows:
            table.more.append((piece.line + at, line))
        else:
            table.more[-1] = (table.more[-1][0], f"{table.more[-1][1]} {line.strip()}")
    table.last = piece.last
    return True


def gather(source: MarkdownText, notes: Notes) -> HeadingPart:
    """Return the content of `source` as a part without a heading that holds all others."""
    root = HeadingPart(HeadingBlock(1, 1, 0, ""))
    gatherer = _Gatherer(source, notes, [root])
    collapsed = list(source.collapsed)
    for block in outline_blocks(source.lines):
        while collapsed and collapsed[0].line < block.line:
            gatherer.piece(_collapsed_piece(collapsed.pop(0)), 0)
        gatherer.put(block)
    for each in collapsed:
        gatherer.piece(_collapsed_piece(each), 0)
    return root


def _collapsed_piece(part: Collapsed) -> MarkdownPiece:
    title = f"**{part.summary}**\n\n" if part.summary else ""
    return MarkdownPiece(part.line, part.last, f"{title}{part.text}".strip(), "a collapsed part", summary=part.summary)


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


def table_rows(piece: MarkdownPiece) -> list[tuple[int, list[str]]]:
    """Return the rows of a table with their lines, the row of dashes left out."""
    rows = []
    for number, line in enumerate(piece.text.split("\n")):
        if number == 1 and _DELIMITER.match(line):
            continue
        rows.append((piece.line + number, split_row(line)))
    return rows + [(line, split_row(text)) for line, text in piece.more]


def split_row(line: str) -> list[str]:
    """Return the cells of a row; a `|` in code or behind a backslash divides none.

    >>> split_row("| a | `b|c` | d\\\\|e |")
    ['a', '`b|c`', 'd|e']
    """
    cells, cell, ticks, at = [], "", 0, 0
    line = line.strip()
    while at < len(line):
        sign = line[at]
        if sign == "\\" and line[at + 1 : at + 2] == "|":
            cell, at = cell + "|", at + 2
            continue
        if sign == "`":
            run = len(line[at:]) - len(line[at:].lstrip("`"))
            if ticks == run:
                ticks = 0
            elif not ticks and "`" * run in line[at + run :]:
                ticks = run
            cell, at = cell + "`" * run, at + run
            continue
        if sign == "|" and not ticks:
            cells.append(cell.strip())
            cell = ""
        else:
            cell += sign
        at += 1
    cells.append(cell.strip())
    if line.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if line.endswith("|") and cells and not cells[-1] else cells
