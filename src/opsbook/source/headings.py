"""Lines of Markdown in, its headings out, each with the anchor that Python-Markdown's `toc` gives it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.toc import slugify, unique

from opsbook.source.fences import in_container

_HASHES = re.compile(r"(?P<indent>(?: {4})*)(?P<level>#{1,6})(?P<text>(?:\\.|[^\\])*?)#*[ \t]*$")
_UNDERLINE = re.compile(r"[=-]+ *$")
_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*(?P<inside>[^}\n ][^}\n]*)\}[ ]*$")
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
        return _ATTRIBUTES.sub("", self.source).rstrip("#").strip()

    @property
    def explicit(self) -> str | None:
        attributes = _ATTRIBUTES.search(self.source)
        found = _ID.search(attributes["inside"]) if attributes else None
        return (found["short"] or found["long"]) if found else None


def scan_headings(lines: Sequence[str], hidden: frozenset[int], *, first: int = 1) -> tuple[Heading, ...]:
    """The headings of `lines` from line `first` on, in order; what is `hidden` is skipped."""
    found = list(_find(lines, hidden, first))
    used = {heading.explicit for heading in found if heading.explicit}
    headings = []
    for heading in found:
        explicit = heading.explicit
        anchor = explicit or unique(_slug(heading.text), used)
        headings.append(
            Heading(heading.level, heading.text, anchor, explicit is not None, heading.line, heading.column)
        )
    return tuple(headings)


def _find(lines: Sequence[str], hidden: frozenset[int], first: int) -> Iterator[_Found]:
    starts_block = True
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if number in hidden or not line.strip():
            starts_block = True
            continue
        hashes = _HASHES.match(line)
        if hashes and (not hashes["indent"] or in_container(lines, number)):
            yield _Found(len(hashes["level"]), hashes["text"].strip(), number, len(hashes["indent"]) + 1)
            starts_block = True
            continue
        below = lines[number] if number < len(lines) and number + 1 not in hidden else ""
        if starts_block and not line.startswith("    ") and _UNDERLINE.match(below) and not _UNDERLINE.match(line):
            yield _Found(1 if below.startswith("=") else 2, line.strip(), number, 1)
        starts_block = False


def _slug(text: str) -> str:
    if _PLAIN.match(text):
        return slugify(text, "-")
    tokens = _rendered(text)
    return tokens or slugify(text, "-")


@functools.lru_cache(maxsize=4096)
def _rendered(text: str) -> str:
    """The anchor of `text` on a page of its own, where nothing else can take it."""
    markdown = _renderer()
    markdown.reset()
    markdown.convert(f"# {text}")
    tokens: list[dict[str, str]] = markdown.toc_tokens  # type: ignore[attr-defined]
    return tokens[0]["id"] if tokens else ""


@functools.cache
def _renderer() -> Markdown:
    return Markdown(extensions=["attr_list", "toc"])
