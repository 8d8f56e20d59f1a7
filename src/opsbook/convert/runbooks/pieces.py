"""Divide foreign Markdown into blocks of code and lines of text, also where a fence is not closed, and write it again.

Whatever the fences were like, those that are written are closed, stand on lines of their own, and are longer than any
fence in what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from opsbook.source.containers import CONTAINER, width_of

_OPENING = re.compile(
    r"(?P<indent>[ \t]*+(?:>[ \t]*+)*+)(?P<marker>(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)"
    r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*+(?P<info>.*)$"
)
_HEADING = re.compile(r"#{1,6}[ \t]+[A-Z]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_INFO = re.compile(
    r"[\w+#.:/-]*+[ \t]*+(?:\{[^{}]*\}|(?:[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"']++)[ \t]*+){0,6}+)[ \t]*+"
)
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_NO_TEXT = re.compile(
    r"[ \t]*(?:#{1,6}(?:[ \t]|$)|[>|<]|`{3}|~{3}|=+[ \t]*$|-+[ \t]*$|[*_-]([ \t]*[*_-]){2,}[ \t]*$|\[[^\]]+\]:)"
)
_TICKS = re.compile(r"`{3,}")
_CODE_INDENT = 4


@dataclass(frozen=True)
class TextLine:
    """A line of text, and its number in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class CodeBlock:
    """A block of code. `indent` is what stands before each of its lines: blanks, and signs of a quotation."""

    indent: str
    info: str
    code: tuple[str, ...]
    line: int
    is_fenced: bool = True
    is_closed: bool = True


PageBlock = TextLine | CodeBlock


class _Nesting:
    """What the next line may stand in, as `source.containers` tells it, but for what is in fences before it."""

    def __init__(self) -> None:
        self.above: list[tuple[int, bool, int]] = []
        """The width of each line that the next may stand below, whether what is below it is in something, and where
        the text of a list item begins."""
        self.goes_on = False

    def holds(self, line: str) -> bool:
        """Return whether `line`, the next of the text, is inside of a list, an admonition or the like."""
        if not line.strip():
            self.goes_on = False
            return False
        width = width_of(line)
        while self.above and self.above[-1][0] >= width:
            self.above.pop()
        is_inside = bool(self.above) and self.above[-1][1]
        item = _MARKER.match(line.lstrip())
        opens = bool(CONTAINER.match(line.lstrip())) or (width > 0 and is_inside)
        self.above.append((width, opens, width + item.end() if item else 0))
        self.goes_on = not _NO_TEXT.match(line)
        return is_inside

    def continued(self, line: str) -> str | None:
        """Return `line` indented as its list item is, where it goes on with a sentence of that without being indented.

        Return None where it does not.
        """
        item = next((each for each in reversed(self.above) if each[2]), None)
        is_lazy = self.goes_on and item and width_of(line) < item[2] and self.above[-1] is item
        if not item or not is_lazy or CONTAINER.match(line.lstrip()) or _NO_TEXT.match(line):
            return None
        return " " * item[2] + line.strip()


def pieces_of(lines: Sequence[str], first: int) -> list[PageBlock]:
    """Return `lines` as pieces; the first of them has the number `first` in its file."""
    nesting = _Nesting()
    found: list[PageBlock] = []
    at = 0
    in_comment = False
    while at < len(lines):
        line = lines[at]
        opening = None if in_comment else _OPENING.match(line)
        if not in_comment and not opening and (lazy := nesting.continued(line)):
            found.append(TextLine(lazy, first + at))
            at += 1
            continue
        is_inside = nesting.holds(line)
        is_deep = opening and ">" not in opening["indent"] and width_of(opening["indent"]) >= _CODE_INDENT
        if opening and (is_inside or not is_deep):
            end, is_closed = _end(lines, at, opening)
            indent = opening["indent"]
            if opening["marker"]:
                # Markdown takes no fence behind the marker of a list: the item begins with a space that shows nothing.
                found.append(TextLine(f"{indent}{opening['marker'].rstrip()} &#8203;", first + at))
                found.append(TextLine("", first + at))
                indent += " " * len(opening["marker"])
            nesting.goes_on = False
            code = tuple(_dedent(each, indent) for each in lines[at + 1 : end])
            info = opening["info"].strip()
            if not _INFO.fullmatch(info):  # Somebody began the code behind the fence.
                info, code = "", (info, *code)
            found.append(CodeBlock(indent, info, code, first + at, is_closed=is_closed))
            at = end + is_closed
            continue
        in_comment = _in_comment(line, in_comment)
        block = None if in_comment or is_inside else _indented(lines, at)
        if block:
            found.append(replace(block, line=first + at))
            at += len(block.code)
            continue
        found.append(TextLine(line, first + at))
        at += 1
    return found


def lines_of(pieces: Iterable[PageBlock]) -> Iterator[str]:
    """Yield the lines of `pieces`."""
    for piece in pieces:
        if isinstance(piece, TextLine):
            yield piece.text
            continue
        longest = max((len(found.group()) for line in piece.code for found in _TICKS.finditer(line)), default=2)
        mark = "`" * (longest + 1)
        yield f"{piece.indent}{mark}{piece.info}"
        yield from (f"{piece.indent}{line}" if line.strip() else line.rstrip("\n") for line in piece.code)
        yield f"{piece.indent}{mark}"


def _end(lines: Sequence[str], at: int, opening: re.Match[str]) -> tuple[int, bool]:
    """Return where the block that opens at `at` ends, and whether a fence closes it.

    Where none does, it ends before the next fence that names a language, else before the next heading.
    """
    mark = opening["mark"]
    quoted = ">" in opening["indent"]
    close = re.compile(rf"[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    another = re.compile(rf"[ \t>]*{re.escape(mark[0])}{{{len(mark)}}}[ \t]*[A-Za-z]\w*[ \t]*$")
    end = next((n for n in range(at + 1, len(lines)) if close.match(lines[n])), None)
    stop = next((n for n in range(at + 1, end or len(lines)) if another.match(lines[n])), None)
    if quoted:
        left = next((n for n in range(at + 1, len(lines)) if not lines[n].lstrip().startswith(">")), len(lines))
        if end is None or left < end:
            return left, False
    if end is not None and (stop is None or opening["info"].lower() in ("markdown", "md")):
        return end, True
    width = width_of(opening["indent"])
    outside = (n for n in range(at + 1, len(lines)) if width_of(lines[n]) < width and _ITEM.match(lines[n]))
    headings = (n for n in range(at + 2, len(lines)) if _HEADING.match(lines[n]) and not lines[n - 1].strip())
    ends = (stop, next(outside, None), next(headings, None) if stop is None else None)
    return _before_blank(lines, min((each for each in ends if each is not None), default=len(lines))), False


def _before_blank(lines: Sequence[str], at: int) -> int:
    while at > 0 and not lines[at - 1].strip():
        at -= 1
    return at


def _indented(lines: Sequence[str], at: int) -> CodeBlock | None:
    """Return the block of code by indentation that begins at `at`; None where there is none."""

    def is_code(line: str) -> bool:
        return width_of(line) >= _CODE_INDENT and bool(line.strip())

    follows = at == 0 or not lines[at - 1].strip() or lines[at - 1].startswith("#")
    if not (follows and is_code(lines[at])):
        return None
    end = at
    while end < len(lines) and (is_code(lines[end]) or not lines[end].strip()):
        end += 1
    end = _before_blank(lines, end)
    return CodeBlock("", "", tuple(_dedent(line, " " * _CODE_INDENT) for line in lines[at:end]), 0, is_fenced=False)


def _in_comment(line: str, was: bool) -> bool:
    last = max(line.rfind("<!--"), -1)
    if was:
        return line.rfind("-->") < 0 or last > line.rfind("-->")
    return line.lstrip().startswith("<!--") and line.rfind("-->") < last


def _dedent(line: str, indent: str) -> str:
    if line.startswith(indent):
        return line[len(indent) :]
    if ">" in indent:
        return re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line)
    most, width, taken = width_of(indent), 0, 0
    while taken < len(line) and line[taken] in " \t" and width < most:
        width += 4 - width % 4 if line[taken] == "\t" else 1
        taken += 1
    return line[taken:]
