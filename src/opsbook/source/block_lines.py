"""Define a line of Markdown while its blocks are read, and tell whether a paragraph is open behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from opsbook.source.block_signs import BREAK, CODE_INDENT, COMMENT, FENCE, HEADING, NOTE, indent_of

_CONTAINERS = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])(?: +|$)|> ?| )*")
_LEADING = re.compile(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*\t")


class Line(NamedTuple):
    """A line. One that is `soft` goes on a paragraph, whatever it looks like."""

    text: str
    soft: bool = False


def line_of(text: str) -> Line:
    """Return the line `text`, with blanks for the tabs among what it is indented by."""
    leading = _LEADING.match(text)
    return Line(leading[0].expandtabs(4) + text[leading.end() :] if leading else text)


def indented(line: Line) -> Line:
    """Return `line` as a part of an item or a note."""
    return Line(" " * CODE_INDENT + line.text if line.text.strip() else "", line.soft)


def is_same(old: Line, new: Line) -> bool:
    """Return whether Python-Markdown reads `old` as it reads `new`."""
    if new.soft or not new.text.strip():
        return old.text.strip() == new.text.strip()
    return old.text.rstrip() == new.text.rstrip()


@dataclass
class Tail:
    """What is open behind the lines of a block, in whatever is inside of it: a paragraph, or a fence by its mark."""

    is_text: bool = False
    mark: str = ""
    is_blank: bool = False

    def add(self, line: Line) -> None:
        """Go on behind `line`."""
        containers = _CONTAINERS.match(line.text)
        bare = line.text[containers.end() :] if containers and not line.soft else line.text
        fence = None if line.soft else FENCE.match(bare)
        if fence and (not self.mark or fence["mark"].startswith(self.mark)):
            self.mark = "" if self.mark else fence["mark"]
        is_code = self.is_blank and indent_of(line.text) >= CODE_INDENT
        begins = any(sign.match(bare) for sign in (BREAK, COMMENT, FENCE, HEADING, NOTE))
        self.is_text = line.soft or bool(bare.strip() and not begins and not self.mark and not is_code)
        self.is_blank = not bare.strip()
