"""Count what a page says, in a way of its own, so that an import can tell whether all of it is still there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from opsbook.convert.runbooks.dialects import counted_words

_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:`{3,}|~{3,})", re.MULTILINE)
_LINK = re.compile(
    r"(?<!!)\[(?:[^\[\]\n]|!\[[^\[\]\n]{0,200}\](?:\([^()\n]{0,500}\))?){0,300}+\]\((?!\))|<https?://"
    r"|^ {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]|<a[ \t][^<>]*href",
    re.MULTILINE,
)
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(|<img\b|\{\{[<%][ \t]*figure\b")
_HIGHLIGHT = re.compile(r"\{\{[<%][ \t]*highlight\b")
# Where a link within the folder leads to is written anew; its words are no words of the page.
_WITHIN = re.compile(
    r"\{\{[<%][ \t]*(?:rel)?ref\b[^{}]*\}\}|(?<=\]\()<?(?![a-z]+:)[^()<>\n\"]*"
    r"|(?<=href=\")(?![a-z]+:)[^\"<>]*|(?<=src=\")[^\"<>]*"
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]+(?![a-z]+:)\S+",
    re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);")


@dataclass(frozen=True)
class PageCounts:
    """How often each word stands in a page, and how many links, blocks of code and pictures it has."""

    words: Counter[str]
    links: int
    blocks: int
    pictures: int


@dataclass(frozen=True)
class Tally:
    """How many words, links, blocks of code and pictures there are."""

    words: int = 0
    links: int = 0
    blocks: int = 0
    pictures: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return how many there are in both."""
        return Tally(
            self.words + other.words,
            self.links + other.links,
            self.blocks + other.blocks,
            self.pictures + other.pictures,
        )


def counts_of(text: str) -> PageCounts:
    """Return what is counted in `text`, front matter and code included."""
    marks = _FENCE.findall(text)
    outside = _outside_code(text)
    return PageCounts(
        words=Counter(counted_words(_WITHIN.sub(" ", _ENTITY.sub(" ", text)))),
        links=len(_LINK.findall(outside)),
        blocks=(len(marks) + 1) // 2 + len(_HIGHLIGHT.findall(outside)),
        pictures=len(_PICTURE.findall(outside)),
    )


def _outside_code(text: str) -> str:
    """Return `text` without what stands between fences and between backquotes.

    A fence that is not closed reaches to the next heading.
    """
    pieces: list[str] = []
    opened: int | None = None
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            opened = at if opened is None else None
        elif opened is None:
            pieces.append(line)
    if opened is not None:
        below = range(opened + 1, len(lines))
        heading = next((at for at in below if lines[at].startswith("#") and not lines[at - 1].strip()), len(lines))
        pieces += lines[heading:]
    return "\n".join(re.sub(r"`[^`\n]*`", "", line) for line in pieces)
