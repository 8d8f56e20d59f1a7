"""Make plain Markdown of what checklists hold beside it: comments, HTML, link definitions and collapsed parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from opsbook.convert.fences import fenced_lines
from opsbook.convert.sources.collapsed import Collapsed, set_apart
from opsbook.convert.tags import ForeignTags

_DEFINITION = re.compile(r" {0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:[ \t]*<?(?P<url>[^\s<>]+)>?(?:[ \t]+[\"'(].*)?$")
_REFERENCE = re.compile(
    r"(?<!\\)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\](?:\([^()\s]*\))?)*+)\](?:\[(?P<label>[^\[\]]*)\]|(?![\[(:]))"
)


@dataclass(frozen=True)
class MarkdownText:
    """The lines of a file as plain Markdown, where they were, and what was set apart from them."""

    lines: Sequence[str]
    collapsed: tuple[Collapsed, ...] = ()
    unused: tuple[tuple[int, str, str], ...] = ()
    """The definitions of links that nothing refers to: their lines, their labels and their addresses."""


def plain_markdown(text: str) -> MarkdownText:
    """Return `text` without comments and tags, with its links written out and its collapsed parts set apart."""
    lines = text.split("\n")
    _drop_comments(lines)
    fenced = fenced_lines(lines)
    found = list(_definitions(lines, fenced))
    definitions = {label.casefold(): url for _, label, url in reversed(found)}  # The first one counts.
    used: set[str] = set()
    tags = ForeignTags()
    for at, line in enumerate(lines):
        if at not in fenced:
            line = tags.replaced(line) if "<" in line else line
            lines[at] = _resolved(line, definitions, used) if definitions and "[" in line else line
    told = {(label, definitions[label]) for label in used}
    unused = tuple(each for each in found if (each[1].casefold(), each[2]) not in told)
    collapsed = tuple(set_apart(lines, fenced))
    return MarkdownText(lines, collapsed, unused)


def _drop_comments(lines: list[str]) -> None:
    """Remove comments outside of fences; the lines stay where they are."""
    fenced = fenced_lines(lines)
    is_open = False
    for at, line in enumerate(lines):
        if is_open or at not in fenced:
            kept, is_open = _without_comments(line, is_open=is_open)
            if kept != line:
                lines[at] = kept.rstrip()


def _without_comments(line: str, *, is_open: bool) -> tuple[str, bool]:
    """Return `line` without comments, one of which may be open where it begins, and whether one is where it ends."""
    kept, rest = "", line
    while rest:
        if is_open:
            _, end, rest = rest.partition("-->")
            if not end:
                return kept, True
        shown, start, behind = rest.partition("<!--")
        if not start or shown.count("`") % 2:
            return kept + rest, False
        kept, rest, is_open = kept + shown, behind, True
    return kept, is_open


def _definitions(lines: list[str], fenced: Set[int]) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the label and the address of each definition of a link, and blank it."""
    for at, line in enumerate(lines):
        if at not in fenced and (found := _DEFINITION.match(line)):
            lines[at] = ""
            yield at + 1, found["label"].strip(), found["url"]


def _resolved(line: str, definitions: Mapping[str, str], used: set[str]) -> str:
    """Return `line` with its references written as links; add their labels to `used`."""

    def link(match: re.Match[str]) -> str:
        label = (match["label"] or match["text"]).strip().casefold()
        text = _REFERENCE.sub(link, match["text"]) if "[" in match["text"] else match["text"]
        if label in definitions:
            used.add(label)
        return f"[{text}]({definitions[label]})" if label in definitions else match.group()

    return _REFERENCE.sub(link, line)
