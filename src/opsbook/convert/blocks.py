"""Divide Markdown into the blocks of a checklist: headings, list lines, paragraphs, rules, and what is skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from opsbook.source.containers import width_of

BOLD_LEVEL = 7
"""The level of a line that is all bold, which many people use as a heading."""

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?![^ \t])(?P<text>.*)$")
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}$")
_UNDERLINE = re.compile(r" {0,3}(?P<sign>=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[-*+\u2022]|\d{1,9}[.)])(?:[ \t]+(?P<text>.*)|)$")
_BOX = re.compile(
    r"(?:\[[ \t]*+(?P<mark>[^\[\]\s\\0-9A-Za-z]|[xXvVoO]?)\ufe0f?[ \t]*+\]"
    r"|(?P<sign>[\u2610-\u2612\u2713-\u2716\u2705\u274c\u274e\u2b1c\u2b1b\u25a1\u25a2\u25fb\u25fd\U0001f532\U0001f533])\ufe0f?"
    r"|:(?P<code>white_check_mark|heavy_check_mark|ballot_box_with_check|black_square_button|white_square_button"
    r"|white_large_square|black_large_square|white_medium_square|x|o|negative_squared_cross_mark):)"
    r"(?:[ \t]+|$)(?P<text>.*)$"
)
_TICKS = frozenset("\u2611\u2612\u2713\u2714\u2705")
_TICK_CODES = frozenset(("white_check_mark", "heavy_check_mark", "ballot_box_with_check"))
_BOLD = re.compile(r" {0,3}(?:\*\*(?P<stars>[^*]+)\*\*|__(?P<lines>[^_]+)__):?[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_COMMENT = re.compile(r"[ \t]*<!--")
_HTML = re.compile(r" {0,3}</?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$)")
_QUOTE = re.compile(r" {0,3}>")
_TABLE = re.compile(
    r" {0,3}\|?[ \t]*:?-+:?[ \t]*+(?:\|[ \t]*:?-+:?[ \t]*+)+\|?[ \t]*+$|[ \t]*\|[ \t]*:?-+:?[ \t]*+\|[ \t]*+$"
)
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s+\S")
_IMAGES = re.compile(r"(?:\s*(?:\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)))+\s*$")


@dataclass(frozen=True)
class HeadingBlock:
    """A heading, or a bold line that serves as one."""

    line: int
    column: int
    level: int
    text: str


@dataclass(frozen=True)
class Bullet:
    """A line of a list. `mark` is the content of its box, or None where it has no box."""

    line: int
    column: int
    indent: int
    mark: str | None
    text: str
    is_sign: bool = False
    """Whether the box is a sign such as a tick, which some lists have in front of every line."""


@dataclass(frozen=True)
class Paragraph:
    """Lines of prose. `indent` is that of the first one, counted in columns."""

    line: int
    indent: int
    text: str


@dataclass(frozen=True)
class Rule:
    """A horizontal rule."""

    line: int


@dataclass(frozen=True)
class Skipped:
    """Something from `line` to `last` that holds no items."""

    line: int
    last: int
    what: str


Block = HeadingBlock | Bullet | Paragraph | Rule | Skipped


def outline_blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of `lines`, in order. Lines count from 1."""
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        block, at = _block(lines, at)
        yield block


def starts_block(line: str) -> bool:
    """Return whether `line` cannot continue a paragraph."""
    starts = (_HEADING, _RULE, _BULLET, _FENCE, _COMMENT, _QUOTE)
    return not line.strip() or any(start.match(line) for start in starts)


def is_markup(line: str) -> bool:
    """Return whether `line`, on its own or below prose, is anything but prose."""
    others = (_UNDERLINE, _BOLD, _HTML, _TABLE, _DEFINITION, _IMAGES)
    return starts_block(line) or any(other.match(line) for other in others)


def _block(lines: Sequence[str], at: int) -> tuple[Block, int]:
    """Return the block that starts at `at`, which counts from 0, and where the next one may start."""
    line = lines[at]
    if found := _HEADING.match(line):
        text = _without_attributes(_without_closing(found["text"]))
        return HeadingBlock(at + 1, _column(line), len(found["level"]), text.strip()), at + 1
    if _RULE.match(line):
        return Rule(at + 1), at + 1
    if fence := _FENCE.match(line):
        return _skip(at, "a code block", _fence_end(lines, at, fence["fence"]))
    if _COMMENT.match(line):
        end = next((n for n in range(at, len(lines)) if "-->" in lines[n]), len(lines) - 1)
        return _skip(at, "a comment", end)
    if bullet := _BULLET.match(line):
        return _bullet(lines, at, bullet)
    if _QUOTE.match(line):
        return _skip(at, "a quotation", _last(lines, at, lambda text: bool(_QUOTE.match(text))))
    if "|" in line and at + 1 < len(lines) and _TABLE.match(lines[at + 1]):
        return _skip(at, "a table", _last(lines, at, lambda text: "|" in text))
    if _HTML.match(line):
        return _skip(at, "HTML", _last(lines, at, lambda text: not starts_block(text)))
    if _DEFINITION.match(line):
        return _skip(at, "a link definition", at)
    return _prose(lines, at)


def _skip(at: int, what: str, last: int) -> tuple[Block, int]:
    return Skipped(at + 1, last + 1, what), last + 1


def _last(lines: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    """Return the last line of the block that starts at `at`: the one before the first line that does not belong."""
    return next((n for n in range(at + 1, len(lines)) if not belongs(lines[n])), len(lines)) - 1


def _fence_end(lines: Sequence[str], at: int, fence: str) -> int:
    close = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    return next((n for n in range(at + 1, len(lines)) if close.match(lines[n])), len(lines) - 1)


def _bullet(lines: Sequence[str], at: int, bullet: re.Match[str]) -> tuple[Block, int]:
    """Return a list line with the indented lines below that belong to its text, and where the next block may start."""
    indent, text, mark, is_sign = width_of(bullet["indent"]), bullet["text"] or "", None, False
    if box := _BOX.match(text):
        text = box["text"]
        if box["sign"] or box["code"]:
            is_sign, mark = True, "x" if box["sign"] in _TICKS or box["code"] in _TICK_CODES else ""
        else:
            mark = box["mark"]
    end = at + 1
    while end < len(lines) and not starts_block(lines[end]) and width_of(lines[end]) > indent:
        end += 1
    whole = " ".join([text.strip(), *(line.strip() for line in lines[at + 1 : end])])
    return Bullet(at + 1, _column(lines[at]), indent, mark, whole.strip(), is_sign), end


def _prose(lines: Sequence[str], at: int) -> tuple[Block, int]:
    """Return a paragraph, or the heading that an underline or bold type makes of it, and where the next may start."""
    end, level = at + 1, 0
    while end < len(lines) and not level:
        if underline := _UNDERLINE.match(lines[end]):
            level = 1 if underline["sign"][0] == "=" else 2
        elif starts_block(lines[end]):
            break
        end += 1
    text = "\n".join(line.strip() for line in lines[at : end - bool(level)])
    column = _column(lines[at])
    if level:
        return HeadingBlock(at + 1, column, level, _without_attributes(" ".join(text.split("\n")))), end
    if end == at + 1 and (bold := _BOLD.match(lines[at])):
        return HeadingBlock(at + 1, column, BOLD_LEVEL, (bold["stars"] or bold["lines"]).rstrip(":").strip()), end
    if _IMAGES.match(text.replace("\n", " ")):
        return Skipped(at + 1, end, "an image"), end
    return Paragraph(at + 1, width_of(lines[at]), text), end


def _without_closing(text: str) -> str:
    """Return the text of a heading without the blanks around it and the hashes that close it."""
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text


def _without_attributes(text: str) -> str:
    """Return `text` without the `{#id}` at its end."""
    at = text.rfind("{")
    is_escaped = text[at - 1 : at] == "\\"
    return text[:at].rstrip() if at >= 0 and not is_escaped and _ATTRIBUTES.match(text, at) else text


def _column(line: str) -> int:
    return len(line) - len(line.lstrip()) + 1
