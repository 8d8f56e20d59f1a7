"""Find the headings in the lines of a Markdown text, with the anchors that Python-Markdown's `toc` gives them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.toc import slugify, unique

from opsbook.source.block_signs import BREAK, CODE_INDENT, UNDERLINE, begins_block, indent_of
from opsbook.source.containers import Containers

_HASHES = re.compile(r"(?P<indent> *)(?P<level>#{1,6})(?P<text>(?:[ \t].*)?)$")
_ATTRIBUTES = re.compile(r"(?<! )[ ]+\{:?[ ]*+(?=[^}\n])")
_ID = re.compile(r"""(?:^|\s)(?:#(?P<short>[^\s"'=]+)|id=(?P<quote>["']?)(?P<long>[^\s"']+)(?P=quote))(?=\s|$)""")
# Letters, digits and marks that no extension reads as markup: their slug needs no renderer.
_PLAIN = re.compile(r"(?:(?!__)[\w ,.;()?/'-])*\Z")


@dataclass(frozen=True)
class Heading:
    """A heading. `text` is its Markdown without attributes; `explicit` says that `{#id}` was written."""

    level: int
    text: str
    anchor: str
    explicit: bool
    line: int
    column: int


@dataclass(frozen=True)
class _Found:
    level: int
    source: str
    line: int
    column: int

    @property
    def text(self) -> str:
        start, _ = _attributes(self.source)
        return self.source[:start].rstrip("#").strip()

    @property
    def explicit(self) -> str | None:
        _, inside = _attributes(self.source)
        found = _ID.search(inside)
        return (found["short"] or found["long"]) if found else None


def scan_headings(lines: Sequence[str], hidden: frozenset[int], *, first: int = 1) -> tuple[Heading, ...]:
    """Return the headings of `lines` from line `first` on, in order, without those in `hidden` lines."""
    found = list(_find(lines, hidden, first))
    used = {heading.explicit for heading in found if heading.explicit}
    latest: dict[str, str] = {}
    headings = []
    for heading in found:
        explicit = heading.explicit
        anchor = explicit
        if not anchor:
            # `unique` counts up from what it is given: from the last anchor of the same words it takes one step.
            slug = _slug(heading.text)
            anchor = latest[slug] = unique(latest.get(slug, slug), used)
        headings.append(
            Heading(heading.level, heading.text, anchor, explicit is not None, heading.line, heading.column)
        )
    return tuple(headings)


def heading_lines(lines: Sequence[str], hidden: frozenset[int], first: int) -> Iterator[int]:
    """Yield the line of each heading of `lines` from line `first` on, without those in `hidden` lines."""
    return (heading.line for heading in _find(lines, hidden, first))


def _find(lines: Sequence[str], hidden: frozenset[int], first: int) -> Iterator[_Found]:
    containers = Containers(lines)
    paragraph: list[str] | None = []
    """The lines of the paragraph so far; None where what follows belongs to another block."""
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if number in hidden or not line.strip():
            paragraph = []
            continue
        hashes = _HASHES.match(line)
        text = _without_closing(hashes["text"]) if hashes else None
        underline = UNDERLINE.match(line)
        if hashes and text is not None and (len(hashes["indent"]) < CODE_INDENT or containers.hold(number)):
            yield _Found(len(hashes["level"]), text.strip(), number, len(hashes["indent"]) + 1)
            paragraph = []
        elif paragraph and underline:
            level = 1 if underline["sign"].startswith("=") else 2
            yield _Found(level, " ".join(paragraph), number - len(paragraph), 1)
            paragraph = []
        elif paragraph is not None and BREAK.match(line):
            paragraph = []
        elif paragraph is None or begins_block(line) or (not paragraph and indent_of(line) >= CODE_INDENT):
            paragraph = None
        else:
            paragraph.append(line.strip())


def _without_closing(text: str) -> str | None:
    """Return the text behind the hashes of a heading, without those that close it; None where `\\` ends it.

    A backslash takes the character behind it along, as in `HashHeaderProcessor` of Python-Markdown.
    """
    bare = text.rstrip(" \t").rstrip("#")
    if (len(bare) - len(bare.rstrip("\\"))) % 2 == 0:
        return bare
    return text[: len(bare) + 1] if len(bare) < len(text) else None


def _attributes(source: str) -> tuple[int, str]:
    """Return where the `{#id}` at the end of a heading starts, and its inside, as `attr_list` reads it."""
    whole = source.rstrip(" ")
    before = whole.rfind("}", 0, len(whole) - 1) + 1
    found = _ATTRIBUTES.search(whole, before) if whole.endswith("}") else None
    return (found.start(), whole[found.end() : -1]) if found else (len(source), "")


def _slug(text: str) -> str:
    if _PLAIN.match(text):
        return slugify(text, "-")
    tokens = _rendered(text)
    return tokens or slugify(text, "-")


@functools.lru_cache(maxsize=4096)
def _rendered(text: str) -> str:
    """Return the anchor of `text` on a page of its own, where no other heading can take it."""
    markdown = _renderer()
    markdown.reset()
    markdown.convert(f"# {text}")
    tokens: list[dict[str, str]] = markdown.toc_tokens  # type: ignore[attr-defined]
    return tokens[0]["id"] if tokens else ""


@functools.cache
def _renderer() -> Markdown:
    return Markdown(extensions=["attr_list", "toc"])
