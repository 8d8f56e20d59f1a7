"""Find the links of Markdown with their positions: inline links, images, definitions and addresses in `<>`.

Brackets are paired by hand: an expression that reads what stands between them takes exponential time as soon as one of
them is not closed.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opsbook.source.fences import scan_fences

_TICKS = re.compile(r"`+")
# Where a paragraph ends: no bracket, code span or title goes on below a blank line.
_BREAK = re.compile(r"\n[ \t]*(?=\n)")
_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
_BRACKET = re.compile(r"\\[^\n]|[\[\]]|\n[ \t]*(?=\n)")
# What follows the text of a link: an address in `<>` or a bare one with parentheses in pairs, and perhaps a title.
_PAIRS = r"[^\s()]*(?:\([^\s()]*\)[^\s()]*)*"
_TARGET = re.compile(
    rf"\([ \t]*+(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<>]*(?:\({_PAIRS}\)[^\s()]*)*))"
    r"(?P<title>(?:[ \t\n]++|(?<=[ \t]))(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*+\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<text>[^\[\]\n]+)\]:[ \t]+<?(?P<bare>[^\s<>]+)>?", re.MULTILINE)
_ADDRESS = re.compile(r"<(?P<bare>https?://[^\s<>]+)>")


@dataclass(frozen=True)
class Link:
    """A link or an image. Line and column (from 1) are those of its first character; `start` is where its target is."""

    text: str
    target: str
    image: bool
    line: int
    column: int
    start: int = field(default=0, compare=False)
    """Where the target begins in the text that was scanned."""

    @property
    def end(self) -> int:
        """Return where the target ends in the text that was scanned."""
        return self.start + len(self.target)


def page_links(text: str, *, nested: bool = False) -> tuple[Link, ...]:
    """Return the links of a whole page in the order of their targets, none of those in blocks of code.

    With `nested`, a picture inside of a link counts too.
    """
    lines = text.split("\n")
    hidden = scan_fences(lines, "").hidden
    readable = "\n".join(" " * len(line) if at in hidden else line for at, line in enumerate(lines, start=1))
    return tuple(sorted(scan_links(readable, nested=nested), key=lambda link: link.start))


def scan_links(text: str, *, nested: bool = False) -> tuple[Link, ...]:
    """Return the links of `text`, in order. Code and comments must be blank in it, except inline code.

    With `nested`, a picture inside of a link counts too.
    """
    readable = _blank(text, _code_spans(text))
    readable = _blank(readable, (match.span() for match in _COMMENT.finditer(readable)))
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    links = []
    for offset, image, label, target, start in sorted(_find(text, readable, nested=nested)):
        line = bisect.bisect_right(starts, offset)
        links.append(Link(label, target, image, line, offset - starts[line - 1] + 1, start))
    return tuple(links)


def _blank(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """Return `text` with a meaningless character in place of each character in `spans`."""
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [text[end:start], re.sub(r"[^\n]", "\0", text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where inline code starts and ends: from a row of backticks to the next one of the same length."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    rows = [match.span() for match in _TICKS.finditer(text)]
    closing: list[int | None] = [None] * len(rows)
    latest: dict[tuple[int, int], int] = {}
    for at in range(len(rows) - 1, -1, -1):
        start, end = rows[at]
        paragraph = bisect.bisect_right(breaks, start)
        closing[at] = latest.get((paragraph, end - start))
        latest[paragraph, end - start] = at
    at = 0
    while at < len(rows):
        start, _ = rows[at]
        close = closing[at]
        if close is None or text[start - 1 : start] == "\\":
            at += 1
            continue
        yield start, rows[close][1]
        at = close + 1


def _find(text: str, readable: str, *, nested: bool) -> Iterator[tuple[int, bool, str, str, int]]:
    """Yield the offset of each link, whether it is an image, its text, its target and the offset of that."""
    yield from _inline(text, readable, nested=nested)
    for match in _DEFINITION.finditer(readable):
        yield match.start(), False, match["text"], match["bare"], match.start("bare")
    for match in _ADDRESS.finditer(readable):
        yield match.start(), False, match["bare"], match["bare"], match.start("bare")


def _inline(text: str, readable: str, *, nested: bool) -> Iterator[tuple[int, bool, str, str, int]]:
    """Yield the inline links and images; those inside of others only if `nested`."""
    end = 0
    for start, close in _brackets(readable):
        found = _TARGET.match(readable, close + 1) if nested or start >= end else None
        if not found or (found["title"] and _BREAK.search(found["title"])):
            continue
        image = readable[start - 1 : start] == "!" and readable[start - 2 : start - 1] != "\\"
        form = "angle" if found["angle"] is not None else "bare"
        yield start - image, image, text[start + 1 : close], found[form], found.start(form)
        end = found.end()


def _brackets(readable: str) -> Sequence[tuple[int, int]]:
    """Return where the pairs of brackets open and close, in the order in which they open."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(readable):
        if match.group() == "[":
            opened.append(match.start())
        elif match.group() == "]" and opened:
            pairs.append((opened.pop(), match.start()))
        elif match.group().startswith("\n"):
            opened.clear()
    return sorted(pairs)
