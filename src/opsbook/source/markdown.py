"""Parse a Markdown text: its front matter, headings, fenced blocks and links, each with its line and column.

Braces of template languages mean nothing here. A front matter or a fence that is not closed is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from opsbook.problems import Problem, ProblemsError
from opsbook.source.fences import Fence, scan_fences
from opsbook.source.headings import Heading, scan_headings
from opsbook.source.links import Link, scan_links
from opsbook.source.tree import YamlDocument
from opsbook.source.yaml import parse_yaml

_OPEN = re.compile(r"-{3}[ \t]*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_CLOSE = re.compile(r"(?:-{3}|\.{3})[ \t]*$")


@dataclass(frozen=True)
class Markdown:
    """A page as it was written. `lines` are those of the whole file; `body_line` is the first after the front matter.

    `hidden` are the numbers of the lines that are inside a fence (fence lines included) or a comment.
    """

    path: str
    front: YamlDocument | None
    lines: tuple[str, ...]
    body_line: int
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    links: tuple[Link, ...]
    hidden: frozenset[int]

    @property
    def body(self) -> str:
        """Return the text after the front matter."""
        return "\n".join(self.lines[self.body_line - 1 :])

    def text(self, first: int, last: int) -> str:
        """Return the lines from `first` to `last`, both included, without blank lines around them."""
        return "\n".join(self.lines[first - 1 : last]).strip("\n")

    def shows(self, line: int) -> bool:
        """Return whether the line with the number `line` shows text or begins a block, which a comment does not.

        The lines inside of a fenced block do not count: its first one stands for all of them.
        """
        text = self.lines[line - 1]
        if line in self.hidden and not any(fence.line == line for fence in self.fences):
            is_start = text.lstrip().startswith("<!--")
            text = _COMMENT.sub("", text if is_start else text.partition("-->")[2])
            return bool(text.strip()) and not any(fence.line < line <= fence.end_line for fence in self.fences)
        return bool(text.strip())

    def problem(self, line: int, column: int, message: str) -> Problem:
        """Return the problem `message` at a place of this file."""
        return Problem(self.path, line, column, message)


def parse_markdown(text: str, path: str) -> Markdown:
    """Return the page in `text`, which messages call `path`. Raise ProblemsError with every mistake."""
    lines = text.split("\n")
    problems: list[Problem] = []
    front, body_line = _front_matter(lines, path, problems)
    blocks = scan_fences(lines, path, first=body_line)
    problems += blocks.problems
    if problems:
        raise ProblemsError(problems)
    readable = [
        "" if number < body_line or number in blocks.hidden else line for number, line in enumerate(lines, start=1)
    ]
    return Markdown(
        path=path,
        front=front,
        lines=tuple(lines),
        body_line=body_line,
        headings=scan_headings(lines, blocks.hidden, first=body_line),
        fences=blocks.fences,
        links=scan_links("\n".join(readable)),
        hidden=blocks.hidden,
    )


def body_start(lines: Sequence[str]) -> int:
    """Return the number of the first line after the front matter; one that is not closed reaches to the end."""
    if not _OPEN.match(lines[0]):
        return 1
    return next((number for number, line in enumerate(lines[1:], start=2) if _CLOSE.match(line)), len(lines)) + 1


def _front_matter(lines: Sequence[str], path: str, problems: list[Problem]) -> tuple[YamlDocument | None, int]:
    """Return the front matter, or None, and the number of the first line after it; add mistakes to `problems`."""
    if not _OPEN.match(lines[0]):
        return None, 1
    end = next((number for number, line in enumerate(lines[1:], start=2) if _CLOSE.match(line)), None)
    if end is None:
        problems.append(Problem(path, 1, 1, "the front matter is not closed; end it with `---` on a line of its own"))
        return None, len(lines) + 1
    try:
        return parse_yaml("\n".join(lines[1 : end - 1]), path, first_line=2), end + 1
    except ProblemsError as error:
        problems += error.problems
        return None, end + 1
