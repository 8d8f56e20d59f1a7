"""Find the fenced blocks in the lines of a Markdown text, with their places; fences inside of comments do not count.

A fence may stand inside list items, admonitions and block quotes. Its content is kept byte for byte, without the
indentation and the quote marks of what it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opsbook.problems import Problem
from opsbook.source.containers import Containers, width_of

_OPENING = re.compile(
    r"(?P<indent>[ \t]*(?:>[ \t]*)*)(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*+(?P<info>(?:.*[^ \t])?)[ \t]*+$"
)
_AFTER_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:`{3,}[^`]*|~{3,}.*)$")
_BRACES = re.compile(r"^(?P<before>[^{]*)\{:?(?P<inside>[^{}]*)\}$")
_OPTION = re.compile(
    r"""(?<![\w.-])(?P<key>[A-Za-z_][\w.-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
)


@dataclass(frozen=True)
class Fence:
    """A fenced block. Lines and columns count from 1 in the file; `end_line` is that of the closing fence.

    `language` is the first word of the info string or its first class, `classes` are the (other) words with a dot,
    `attributes` the rest: `key="value"`, or a bare word with an empty value. `content` has no line end at its end.
    """

    info: str
    language: str
    classes: tuple[str, ...]
    attributes: Mapping[str, str]
    content: str
    line: int
    column: int
    content_line: int
    end_line: int
    indent: str


@dataclass(frozen=True)
class Blocks:
    """The fences of a text, and which of its lines (counted from 1) are inside a fence or a comment."""

    fences: tuple[Fence, ...]
    hidden: frozenset[int]
    problems: tuple[Problem, ...]


def scan_fences(lines: Sequence[str], path: str, *, first: int = 1) -> Blocks:
    """Return the fences in `lines`, from line `first` on. A fence that is not closed is a problem."""
    fences: list[Fence] = []
    hidden: set[int] = set()
    problems: list[Problem] = []
    containers = Containers(lines)
    at = first
    while at <= len(lines):
        if not _may_begin(lines[at - 1]):
            at += 1
            continue
        last = _end_of_comment(lines, at)
        opening = None if last else _opening(lines, at, containers)
        if opening:
            last, problem = _closing(lines, at, opening)
            if problem:
                problems.append(Problem(path, at, len(opening["indent"]) + 1, problem))
            else:
                fences.append(_fence(lines, at, last, opening))
        elif not last and _AFTER_MARKER.match(lines[at - 1]):
            column = lines[at - 1].find("`" if "`" in lines[at - 1] else "~") + 1
            problems.append(Problem(path, at, column, "a fence starts on a line of its own, indented below the marker"))
            last = at
        hidden.update(range(at, (last or at - 1) + 1))
        at = (last or at) + 1
    return Blocks(tuple(fences), frozenset(hidden), tuple(problems))


def info_parts(info: str) -> tuple[str, tuple[str, ...], Mapping[str, str]]:
    """Return the language, the classes and the attributes of an info string.

    >>> info_parts('bash {.read title="a b"}')
    ('bash', ('read',), {'title': 'a b'})
    """
    braces = _BRACES.match(info)
    words = f"{braces['before']} {braces['inside']}" if braces else info
    attributes = {
        match["key"]: next(text for text in match.group("double", "single", "bare") if text is not None)
        for match in _OPTION.finditer(words)
    }
    plain = _OPTION.sub(" ", words).split()
    classes = [word[1:] for word in plain if word.startswith(".")]
    others = [word for word in plain if not word.startswith((".", "#"))]
    has_language = bool(others) and (not braces or bool(braces["before"].strip()))
    language = others.pop(0) if has_language else (classes.pop(0) if classes else "")
    attributes |= dict.fromkeys(others, "")
    attributes |= [("id", word[1:]) for word in plain if word.startswith("#")]
    return language, tuple(classes), attributes


def _may_begin(line: str) -> bool:
    """Return whether a fence or a comment may begin on `line`, which is so on few lines."""
    return "```" in line or "~~~" in line or "<!--" in line


def _opening(lines: Sequence[str], at: int, containers: Containers) -> re.Match[str] | None:
    opening = _OPENING.match(lines[at - 1])
    if opening and ">" not in opening["indent"] and width_of(opening["indent"]) >= 4 and not containers.hold(at):
        return None
    return opening


def _closing(lines: Sequence[str], at: int, opening: re.Match[str]) -> tuple[int, str | None]:
    """Return the line of the closing fence and None, or the last line that the block can reach and the problem."""
    mark, indent = opening["mark"], opening["indent"]
    fence = re.compile(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*+(?P<info>(?:(?!{mark[0]})[^`]*[^` \t])?)[ \t]*+")
    end = f"end it with {mark[:10]} on a line of its own, indented as it is here"
    for number in range(at + 1, len(lines) + 1):
        line = lines[number - 1]
        if indent and line.strip() and not _stands_inside(line, indent):
            return len(lines), f"this fence is not closed; {end}"
        if mark[:3] not in line:
            continue
        found = fence.fullmatch(_dedent(line, indent))
        if found and not found["info"]:
            return number, None
        if found:
            # A line that opens a fence of the same length cannot be content: the next bare fence would end both.
            return number - 1, f"this fence is not closed before the next one opens on line {number}; {end}"
    return len(lines), f"this fence is not closed; {end}"


def _stands_inside(line: str, indent: str) -> bool:
    return line.lstrip().startswith(">") if ">" in indent else width_of(line) >= width_of(indent)


def _fence(lines: Sequence[str], at: int, last: int, opening: re.Match[str]) -> Fence:
    indent, info = opening["indent"], opening["info"]
    language, classes, attributes = info_parts(info)
    content = "\n".join(_dedent(line, indent) for line in lines[at : last - 1])
    return Fence(info, language, classes, attributes, content, at, len(indent) + 1, at + 1, last, indent)


def _dedent(line: str, indent: str) -> str:
    """Return `line` without its quote marks, and without as many of its blanks as precede the fence."""
    if line.startswith(indent):
        return line[len(indent) :]
    if ">" in indent:
        return re.sub(rf"^[ \t]*(?:>[ \t]?){{1,{indent.count('>')}}}", "", line)
    most, width, taken = width_of(indent), 0, 0
    while taken < len(line) and line[taken] in " \t":
        width += 4 - width % 4 if line[taken] == "\t" else 1
        if width > most:
            break
        taken += 1
    return line[taken:]


def _end_of_comment(lines: Sequence[str], at: int) -> int | None:
    """Return the last line of the comment that starts line `at`, or None; one never closed ends with the text."""
    if not lines[at - 1].lstrip().startswith("<!--"):
        return None
    for number in range(at, len(lines) + 1):
        if "-->" in lines[number - 1]:
            return number
    return len(lines)
