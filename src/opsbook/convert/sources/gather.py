"""Put the blocks of a Markdown file below its headings, and below the lines of lists that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from opsbook.convert.blocks import Block, Bullet, HeadingBlock, Paragraph, Rule, Skipped, outline_blocks
from opsbook.convert.notes import Notes
from opsbook.convert.outline import MAX_NESTING
from opsbook.convert.sources.collapsed import Collapsed
from opsbook.convert.sources.markup import MarkdownText
from opsbook.convert.sources.pieces import HeadingPart, ListLine, MarkdownPiece, dedented
from opsbook.convert.sources.piped_rows import continues_table
from opsbook.source.containers import width_of


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

    @property
    def content(self) -> list[ListLine | MarkdownPiece]:
        """Return what stands below the last open line, or below the last heading."""
        return self.open[-1].content if self.open else self.parts[-1].content

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
        self.content.append(line)
        self.open.append(line)

    def piece(self, piece: MarkdownPiece, indent: int) -> None:
        while self.open and indent <= self.open[-1].bullet.indent:
            self.open.pop()
        piece.is_apart = self.is_apart
        content = self.content
        above = content[-1] if content else None
        if isinstance(above, MarkdownPiece) and continues_table(above, piece):
            return
        content.append(piece)
