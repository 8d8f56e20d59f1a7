"""Rewrite Markdown for Python-Markdown so that it shows the blocks that CommonMark and GitHub show.

Python-Markdown wants four blanks for whatever belongs to an item of a list, and an empty line before a list. The text
that people write and preview elsewhere often has neither, and would fall apart on the page without a word. Here the
blocks are read as https://spec.commonmark.org/0.31.2/ describes, and written with those blanks and lines. What
Python-Markdown reads alike stays as it was written, byte for byte; notes, tabs, footnotes and definitions, which only
its extensions know, keep their form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from opsbook.source.block_lines import Line, Tail, indented, is_same, line_of
from opsbook.source.block_signs import (
    BREAK,
    CODE_INDENT,
    COMMENT,
    DEFINITION,
    FENCE,
    FOOTNOTE,
    HEADING,
    NOTE,
    QUOTE,
    UNDERLINE,
    VERBATIM,
    Marker,
    begins_block,
    begins_table,
    indent_of,
    interrupts,
    is_html,
    list_marker,
)
from opsbook.source.block_writer import LIST_SIGNS, NOTHING, BlockWriter
from opsbook.source.html_blocks import with_markdown

MOST_LEVELS = 40
"""What stands deeper inside lists, quotations and notes is left as it is."""

_ALERT = re.compile(r"\[!(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *$", re.IGNORECASE)
_ALERTS = {"note": "note", "tip": "tip", "important": "info", "warning": "warning", "caution": "danger"}


def as_github_reads(text: str) -> str:
    """Return `text`, Markdown without front matter, in the form in which Python-Markdown shows the same blocks.

    >>> as_github_reads("Look:\\n1. one\\n   - inner\\n2. two")
    'Look:\\n\\n1. one\\n    - inner\\n2. two'
    """
    lines = [line_of(line) for line in text.split("\n")]
    return "\n".join(line.text for line in _Reader(lines=lines).run())


@dataclass
class _Reader(BlockWriter):
    """The lines inside of one block, without its own indentation, and what is written for them so far."""

    lines: Sequence[Line] = ()
    level: int = 0
    at: int = 0

    def run(self) -> list[Line]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text.strip():
                self.out.append(Line(""))
                self.in_text = False
                self.at += 1
            elif line.soft or (self.in_text and indent_of(line.text) >= CODE_INDENT):
                self.paragraph(line.text)
                self.at += 1
            elif indent_of(line.text) >= CODE_INDENT:
                if self.last in LIST_SIGNS:
                    self.divide()
                self.copy(1, "code", apart=self.last != "code")
            else:
                self.block(line.text)
        return self.out

    def block(self, text: str) -> None:
        """Read the block, or the line of a paragraph, that begins with `text`."""
        if self.in_text and (underline := UNDERLINE.match(text)):
            self.underlined(text, 1 if underline["sign"].startswith("=") else 2)
            self.at += 1
        elif FENCE.match(text):
            self.fence()
        elif COMMENT.match(text):
            self.copy(self.until("-->"), "comment")
        elif verbatim := VERBATIM.match(text):
            self.copy(self.until(f"</{verbatim['tag'].lower()}>"), "comment")
        elif self.level < MOST_LEVELS and self.container(text):
            pass
        elif HEADING.match(text) or BREAK.match(text):
            # Right below something else, Python-Markdown could take a break for an underline.
            self.write(
                [Line(text.lstrip(" "))], "rule", apart=bool(BREAK.match(text)) or (self.is_item and self.in_text)
            )
            self.at += 1
        elif is_html(text, after_text=self.in_text):
            self.html()
        elif begins_table(text, self.lines[self.at + 1].text if self.at + 1 < len(self.lines) else ""):
            self.table()
        else:
            self.paragraph(text)
            self.at += 1

    def container(self, text: str) -> bool:
        """Read the list item, the quotation or the note that begins with `text`; return whether there is one."""
        marker = list_marker(text)
        if marker and (not self.in_text or interrupts(marker)):
            self.item(marker)
        elif QUOTE.match(text):
            self.quote()
        elif NOTE.match(text) or FOOTNOTE.match(text) or DEFINITION.match(text):
            self.note(text)
        else:
            return False
        return True

    def copy(self, count: int, kind: str, *, apart: bool = False) -> None:
        """Write `count` lines as they are."""
        self.write(self.lines[self.at : self.at + count], kind, apart=apart)
        self.at += count

    def fence(self) -> None:
        opening = FENCE.match(self.lines[self.at].text)
        mark, indent = (opening["mark"], indent_of(opening[0])) if opening else ("", 0)
        closing = re.compile(rf" {{0,3}}{re.escape(mark[:1])}{{{len(mark)},}} *$")
        below = range(self.at + 1, len(self.lines))
        end = next((at for at in below if closing.match(self.lines[at].text)), len(self.lines) - 1) + 1
        texts = (line.text for line in self.lines[self.at : end])
        written = [Line(text[min(indent, indent_of(text)) :]) for text in texts]
        self.write(written, "fence", apart=self.in_text and not self.is_first)
        self.at = end

    def until(self, sign: str) -> int:
        """Return how many lines there are as far as the one with `sign`, or all."""
        rest = range(self.at, len(self.lines))
        return next((at for at in rest if sign in self.lines[at].text.lower()), len(self.lines) - 1) - self.at + 1

    def html(self) -> None:
        end = self.at
        while end < len(self.lines) and self.lines[end].text.strip():
            end += 1
        is_whole = end == len(self.lines)
        texts = [line.text for line in self.lines[self.at : end]]
        self.write(map(Line, texts if is_whole or self.is_item else with_markdown(texts)), "html")
        self.at = end

    def table(self) -> None:
        end = self.at + 2
        while end < len(self.lines) and self.lines[end].text.strip() and not begins_block(self.lines[end].text):
            end += 1
        self.write([Line(line.text.lstrip(" ")) for line in self.lines[self.at : end]], "table", apart=self.in_text)
        self.at = end

    def item(self, marker: Marker) -> None:
        start, apart = self.at, self.in_text and not self.is_first
        self.at += 1
        inside = [Line(marker.rest), *self.inside(marker.offset, marker.rest)]
        if len(inside) > 1 and not marker.rest.strip() and inside[1].text.strip():
            inside = [Line(inside[1].text.lstrip(" ")), *inside[2:]]
        elif len(inside) > 1 and list_marker(marker.rest):
            inside = [Line(NOTHING), *inside]
        elif not marker.rest.strip():
            inside = [Line(NOTHING)]
        first, *others = _Reader(lines=inside, level=self.level + 1, is_item=True).run()
        sign = marker.sign if marker.number is None else f"{marker.sign[:-1]}."
        written = self.kept(start, [Line(f"{sign}{marker.gap}{first.text}"), *map(indented, others)])
        if self.last != marker.kind and self.last in LIST_SIGNS and (self.last in ".)") == (marker.kind in ".)"):
            self.divide()
        self.write(written, marker.kind, apart=apart)
        self.is_loose = any(not line.text.strip() for line in written)

    def inside(self, offset: int, first: str, *, lazy: bool = True) -> list[Line]:
        """Return the lines of the block whose content begins at `offset`, with the text `first`, without the first."""
        found: list[Line] = []
        tail = Tail()
        tail.add(Line(first))
        while self.at + len(found) < len(self.lines):
            line = self.lines[self.at + len(found)]
            if not line.text.strip():
                found.append(Line(""))
            elif indent_of(line.text) >= offset and (first.strip() or len(found) != 1 or found[0].text):
                found.append(Line(line.text[offset:], line.soft))
            elif lazy and _goes_on(line, tail):
                found.append(Line(line.text.strip(), soft=True))
            else:
                break
            tail.add(found[-1])
        while found and not found[-1].text.strip():
            found.pop()
        self.at += len(found)
        return found

    def quote(self) -> None:
        start = self.at
        inside: list[Line] = []
        tail = Tail()
        while self.at < len(self.lines) and (line := self.lines[self.at]).text.strip():
            if not line.soft and (sign := QUOTE.match(line.text)):
                inside.append(Line(line.text[sign.end() :]))
            elif _goes_on(line, tail):
                inside.append(Line(line.text.strip(), soft=True))
            else:
                break
            tail.add(inside[-1])
            self.at += 1
        alert = _ALERT.match(inside[0].text) if self.level == 0 and len(inside) > 1 else None
        written = _Reader(lines=inside[1:] if alert else inside, level=self.level + 1).run()
        if alert:
            kind = alert["kind"].lower()
            head = Line(f'!!! {_ALERTS[kind]} "{kind.capitalize()}"')
            self.write([head, *map(indented, written)], "note", apart=True)
        else:
            quoted = [Line(f"> {line.text}" if line.text.strip() else ">", line.soft) for line in written]
            self.write(self.kept(start, quoted), "quote", apart=self.is_item and self.in_text)

    def note(self, text: str) -> None:
        """Read a note, a tab, a footnote or a definition, in which what belongs to it is indented by four."""
        start, is_text = self.at, not NOTE.match(text)
        self.at += 1
        inside = self.inside(indent_of(text) + CODE_INDENT, text, lazy=is_text)
        inner = _Reader(lines=inside, level=self.level + 1, in_text=is_text)
        self.write(self.kept(start, [Line(text.lstrip(" ")), *map(indented, inner.run())]), "note")

    def kept(self, start: int, written: Sequence[Line]) -> Sequence[Line]:
        """Return `written`, or the lines from `start` on that it was made of where those are the same blocks."""
        lines = self.lines[start : self.at]
        if len(lines) != len(written) or not all(map(is_same, lines, written)):
            return written
        return [Line(line.text, new.soft) for line, new in zip(lines, written, strict=True)]


def _goes_on(line: Line, tail: Tail) -> bool:
    """Return whether `line` goes on the paragraph at `tail`, although it is not indented as that."""
    may = line.soft or indent_of(line.text) >= CODE_INDENT or not begins_block(line.text)
    return may and tail.is_text
