"""Recognize how the blocks of Markdown begin, as CommonMark and GitHub read a line.

https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/; besides, the notes, tabs, footnotes and
definitions that Python-Markdown's extensions read, whose content is indented by four.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CODE_INDENT = 4
"""As many blanks make a line code where no paragraph goes on, and indent the content of a block of Python-Markdown."""

BREAK = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
UNDERLINE = re.compile(r" {0,3}(?P<sign>=+|-+) *$")
QUOTE = re.compile(r" {0,3}> ?")
FENCE = re.compile(r" {0,3}(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
NOTE = re.compile(r" {0,3}(?:(?:!!!|\?\?\?\+?) |===[!+]* [\"'])")
FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:(?: |$)")
DEFINITION = re.compile(r" {0,3}: ")
_MARKER = re.compile(r"(?P<indent> {0,3})(?P<sign>[-*+]|(?P<number>\d{1,9})(?P<end>[.)]))(?P<gap> +|$)(?P<rest>.*)$")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
_HTML = re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE)
VERBATIM = re.compile(r" {0,3}<(?P<tag>pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_ONE_TAG = re.compile(r" {0,3}<(?:/[A-Za-z][\w-]* *|[A-Za-z][\w-]*(?: [^<>]*)?/?)> *$")
COMMENT = re.compile(r" {0,3}<!--")
_RULE = re.compile(r" *+:?-++:? *+")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


class Marker(NamedTuple):
    """The beginning of an item of a list: its sign, its number if it has one, and where its content begins."""

    sign: str
    number: int | None
    gap: str
    offset: int
    rest: str

    @property
    def kind(self) -> str:
        """Return what all items of one list share: the bullet, or the sign behind the number."""
        return self.sign[-1]


def indent_of(line: str) -> int:
    """Return how many blanks `line` begins with."""
    return len(line) - len(line.lstrip(" "))


def list_marker(line: str) -> Marker | None:
    """Return the marker of the item that `line` begins, or None where it begins none."""
    found = _MARKER.match(line)
    if not found or BREAK.match(line):
        return None
    gap = len(found["gap"])
    if not found["rest"] or gap > CODE_INDENT:
        gap = 1
    offset = found.end("sign") + gap
    number = int(found["number"]) if found["number"] else None
    return Marker(found["sign"], number, found["gap"][:gap] or " ", offset, line[offset:])


def interrupts(marker: Marker) -> bool:
    """Return whether an item may stand right below a paragraph."""
    return bool(marker.rest.strip()) and marker.number in (None, 1)


def is_html(line: str, *, after_text: bool) -> bool:
    """Return whether `line` begins a block of HTML, after the text of a paragraph or elsewhere."""
    return bool(_HTML.match(line)) or (not after_text and bool(_ONE_TAG.match(line)))


def begins_block(line: str) -> bool:
    """Return whether `line` ends the paragraph before it, wherever that stands."""
    signs = (BREAK, HEADING, QUOTE, FENCE, COMMENT, VERBATIM, NOTE, FOOTNOTE)
    return any(sign.match(line) for sign in signs) or is_html(line, after_text=True) or list_marker(line) is not None


def begins_table(line: str, below: str) -> bool:
    """Return whether `line` is the head of a table, whose rule is `below`."""
    if "|" not in line + below or list_marker(below) or indent_of(below) >= CODE_INDENT:
        return False
    rules = below.strip().removeprefix("|").removesuffix("|").split("|")
    return all(map(_RULE.fullmatch, rules)) and _cells(line) == len(rules)


def _cells(row: str) -> int:
    return len(_PIPE.findall(row.strip().removeprefix("|"))) + (not _ends_with_pipe(row))


def _ends_with_pipe(row: str) -> bool:
    bare = row.rstrip()
    return bare.endswith("|") and (len(bare) - len(bare[:-1].rstrip("\\")) - 1) % 2 == 0
