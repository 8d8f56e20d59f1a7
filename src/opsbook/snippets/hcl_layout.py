"""Find where the layout of HCL differs from that of `terraform fmt`: indentation, and `=` signs in one column.

The rules are those of https://developer.hashicorp.com/terraform/language/style and of the formatter in
https://pkg.go.dev/github.com/hashicorp/hcl/v2/hclwrite#Format: neighbouring lines that hold a whole `key = value` are
aligned; a line is indented by two blanks for each line above that opens more brackets than it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<comment>\#|//)|/\*(?:[^*]|\*(?!/))*+(?:\*/|(?P<open>\Z))|<<-?(?P<word>[A-Za-z_][\w-]*)|[][(){}]|[=!<>]=|=>|(?P<equals>=)"
)
_CHANGE = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


@dataclass
class _Line:
    """A line: how many brackets it opens, and where its `=` is if a whole value follows. A `free` one is not judged."""

    text: str
    net: int = 0
    assign: int | None = None
    free: bool = False
    heredoc: str | None = None

    @property
    def lead(self) -> int:
        """Return the width of the key, with what precedes it."""
        return len(self.text[: self.assign].rstrip())


def layout_problems(code: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line and column, from 1, of each difference, and what it is. The code must be valid."""
    lines = list(_read(code.split("\n")))
    yield from _indentation(lines)
    chain: list[int] = []
    for at, line in enumerate([*lines, _Line("")]):
        if line.assign is not None:
            chain.append(at)
            continue
        yield from _alignment(lines, chain)
        chain = []


def _alignment(lines: Sequence[_Line], chain: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    if any(lines[at].heredoc for at in chain):
        return
    wanted = max((lines[at].lead for at in chain), default=0) + 1
    for at in chain:
        line = lines[at]
        if line.assign is not None and line.assign != wanted:
            where = f"in column {wanted + 1}, below its neighbours" if len(chain) > 1 else "one blank after its key"
            yield at + 1, line.assign + 1, f"`terraform fmt` puts this `=` {where}"


def _indentation(lines: Sequence[_Line]) -> Iterator[tuple[int, int, str]]:
    open_lines: list[int] = []
    for at, line in enumerate(lines):
        if line.free or not line.text.strip():
            continue
        _close(open_lines, -line.net)
        wanted = 2 * len(open_lines)
        if line.net > 0:
            open_lines.append(line.net)
        indent = len(line.text) - len(line.text.lstrip())
        if indent != wanted:
            yield at + 1, indent + 1, f"`terraform fmt` indents this line by {wanted} blanks, not by {indent}"


def _close(open_lines: list[int], closed: int) -> None:
    while closed > 0 and open_lines:
        taken = min(closed, open_lines[-1])
        closed -= taken
        open_lines[-1] -= taken
        if not open_lines[-1]:
            open_lines.pop()


def _read(texts: Sequence[str]) -> Iterator[_Line]:
    ends_with: str | None = None
    for text in texts:
        if ends_with:
            done = text.strip() == ends_with or (ends_with == "*/" and "*/" in text)
            ends_with = None if done else ends_with
            yield _Line(text, free=True)
            continue
        line = _Line(text)
        ends_with = _scan(line)
        yield line


def _scan(line: _Line) -> str | None:
    """Fill in what `line` holds; return what ends the heredoc or the comment that it starts, or None."""
    at, since_assign = 0, 0
    while at < len(line.text):
        token = _TOKEN.match(line.text, at)
        if token is None:  # A character that is no bracket, a string, or an equals sign.
            at = _string(line.text, at + 1) if line.text[at] == '"' else at + 1
            continue
        if token["comment"] or token["open"] is not None or token["word"]:
            line.heredoc = token["word"]
            if since_assign:
                line.assign = None
            return "*/" if token["open"] is not None else line.heredoc
        change = _CHANGE.get(token.group(), 0)
        line.net += change
        since_assign += change
        if token["equals"] and line.assign is None and line.text[:at].strip():
            line.assign, since_assign = at, 0
        at = token.end()
    if since_assign:
        line.assign = None
    return None


def _string(text: str, at: int) -> int:
    """Return the offset after the string whose first character is at `at`; `${…}` inside may hold strings."""
    depth = 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(("${", "%{"), at):
            depth += 1
            at += 2
        elif depth and text[at] in "{}":
            depth += 1 if text[at] == "{" else -1
            at += 1
        elif text[at] == '"':
            if not depth:
                return at + 1
            at = _string(text, at + 1)
        else:
            at += 1
    return at
