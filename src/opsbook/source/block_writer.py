"""Write blocks of Markdown one after the other, in the form in which Python-Markdown takes none into another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from opsbook.source.block_lines import Line
from opsbook.source.block_signs import FENCE, HEADING, QUOTE, UNDERLINE, list_marker

NOTHING = "\ufdd2"
"""Stands alone between two lists that would become one, and in an empty item. No file of a user may hold it."""
LIST_SIGNS = frozenset("-*+.)")

_TAKES_IN = frozenset({"code", "fence", "html", "note", "quote", "table"})
"""The blocks, besides lists, that take in what stands right below them."""
_NO_HEADING = re.compile(r"#{1,6}(?![# ]|$)|#{7}")
_ITEM_SIGN = re.compile(r"^( *\d*)([-*+.])(?= )")


@dataclass
class BlockWriter:
    """The lines that are written inside of one block, and what the last of them are."""

    is_item: bool = False
    in_text: bool = False
    """Whether a paragraph goes on at this place."""
    out: list[Line] = field(default_factory=list)
    last: str = ""
    """The kind of the last block: of a list the sign of its items."""
    is_loose: bool = False
    """Whether there is more than one block in the last item of a list."""
    begun: int = 0
    """Where the paragraph begins in what is written."""
    ticks: int = 0
    """How many backticks are in the paragraph, so that code is told from the rest."""

    @property
    def is_first(self) -> bool:
        """Return whether the last paragraph is that with which an item of a list begins."""
        return self.is_item and self.begun == 0

    def write(self, lines: Iterable[Line], kind: str, *, apart: bool = False) -> None:
        """Write a block. An empty line comes before it if it is to stand `apart`, or if it would be taken in."""
        takes_in = self.last in _TAKES_IN or (self.last in LIST_SIGNS and (self.last != kind or self.is_loose))
        if self.out and self.out[-1].text.strip() and (apart or takes_in):
            self.out.append(Line(""))
        self.out += lines
        self.last, self.in_text = kind, False

    def divide(self) -> None:
        """Write what keeps a list and the block after it apart."""
        self.write([Line(NOTHING), Line("")], "text")

    def paragraph(self, text: str) -> None:
        """Write a line of a paragraph, in a form that is nothing else to Python-Markdown."""
        bare = text.lstrip(" ")
        if _NO_HEADING.match(bare):
            text = f"\\{bare}"
        if self.in_text:
            if any(sign.match(bare) for sign in (HEADING, QUOTE, UNDERLINE)):
                text = f"&#{ord(bare[0])};{bare[1:]}"
            text = _ITEM_SIGN.sub(r"\1\\\2", text) if self.is_item and list_marker(bare) else text
            self.break_line()
            if FENCE.match(bare) and self.out:
                # No fence here, though the extension for fenced blocks would take it for one on a line of its own.
                self.out[-1] = Line(f"{self.out[-1].text} {bare}", self.out[-1].soft)
            else:
                self.out.append(Line(text, soft=True))
        else:
            self.write([Line(text.lstrip(" ") if self.is_item else text)], "text")
            self.begun, self.ticks = len(self.out) - 1, 0
        self.in_text = True

    def break_line(self) -> None:
        """Write the backslash that ends a line of a paragraph as the two blanks that mean the same."""
        text, soft = self.out[-1] if self.out else Line("")
        self.ticks += text.count("`")
        if (len(text) - len(text.rstrip("\\"))) % 2 and self.ticks % 2 == 0:
            self.out[-1] = Line(f"{text[:-1]}  ", soft)

    def underlined(self, text: str, level: int) -> None:
        """Write the paragraph before the line `text` as the heading that this line makes of it."""
        lines = [line.text.strip() for line in self.out[self.begun :]]
        if len(lines) > 1 or self.is_item:
            words = " ".join(lines)
            last = "\\" * ((len(words) - len(words.rstrip("\\"))) % 2)
            self.out[self.begun :] = [Line(f"{'#' * level} {words}{last}")]
        else:
            self.out.append(Line(text.strip(" ")))
        self.last, self.in_text = "rule", False
