"""Markdown text in, its links out with their positions: inline links, images, definitions and addresses in `<>`."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CODE_SPAN = re.compile(r"(?<![`\\])(?P<mark>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)(?P=mark)(?!`)")
_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
_INLINE = re.compile(
    r"(?<!\\)(?P<image>!?)\[(?P<text>(?:\\.|[^\[\]\\]|!?\[[^\[\]]*\](?:\([^()\s]*\))?)*)\]"
    r"\([ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<text>[^\[\]\n]+)\]:[ \t]+<?(?P<bare>[^\s<>]+)>?", re.MULTILINE)
_ADDRESS = re.compile(r"<(?P<bare>https?://[^\s<>]+)>")


@dataclass(frozen=True)
class Link:
    """A link or an image. Line and column (from 1) are those of its first character."""

    text: str
    target: str
    image: bool
    line: int
    column: int


def scan_links(text: str) -> tuple[Link, ...]:
    """The links of `text`, in order. What is code or a comment must be blank in it but for inline code."""
    readable = text
    for pattern in (_CODE_SPAN, _COMMENT):
        readable = pattern.sub(lambda match: re.sub(r"[^\n]", "\0", match.group()), readable)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    links = []
    for offset, image, label, target in sorted(_find(text, readable)):
        line = bisect.bisect_right(starts, offset)
        links.append(Link(label, target, image, line, offset - starts[line - 1] + 1))
    return tuple(links)


def _find(text: str, readable: str) -> Iterator[tuple[int, bool, str, str]]:
    """Offset, whether it is an image, text and target of each."""
    for match in _INLINE.finditer(readable):
        target = match["angle"] if match["angle"] is not None else match["bare"]
        yield match.start(), bool(match["image"]), text[slice(*match.span("text"))], target
    for match in _DEFINITION.finditer(readable):
        yield match.start(), False, match["text"], match["bare"]
    for match in _ADDRESS.finditer(readable):
        yield match.start(), False, match["bare"], match["bare"]
