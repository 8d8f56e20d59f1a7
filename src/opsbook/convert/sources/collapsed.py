"""Set the collapsed parts of Markdown apart, which open on a click; those that hold boxes stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

_BOX = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[^\[\]]?\][ \t]")


@dataclass(frozen=True)
class Collapsed:
    """A part that opens on a click, from `line` to `last`, with its `summary` and the Markdown in it."""

    line: int
    last: int
    summary: str
    text: str


def set_apart(lines: list[str], fenced: Set[int]) -> Iterator[Collapsed]:
    """Yield the outermost collapsed parts outside of `fenced` lines, and blank them in `lines`.

    Those with boxes in them stay there, as sections.
    """
    for start, end in _spans(lines, fenced):
        part = lines[start:end]
        if any(_BOX.match(line) for line in part):
            lines[start:end] = _as_section(part)
        else:
            lines[start:end] = [""] * len(part)
            yield Collapsed(start + 1, end, *_summary_and_text("\n".join(part)))


def _spans(lines: Sequence[str], fenced: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield where each outermost part begins, and the line behind it."""
    depth, start = 0, 0
    for at, line in enumerate(lines):
        if at in fenced or "<" not in line:
            continue
        opened, closed = line.count("<details>"), line.count("</details>")
        if opened and not depth:
            start = at
        before, depth = depth, max(0, depth + opened - closed)
        if (before or opened) and not depth:
            yield start, at + 1


def _summary_of(whole: str) -> str:
    return whole.partition("<summary>")[2].partition("</summary>")[0]


def _title_of(summary: str) -> str:
    return " ".join(summary.partition("```")[0].replace("<br>", " ").split())


def _summary_and_text(whole: str) -> tuple[str, str]:
    """Return the summary of a part on one line, and what is below it, first of all the code in the summary."""
    summary = _summary_of(whole)
    rest = whole.replace(f"<summary>{summary}</summary>", "", 1) if summary else whole
    rest = re.sub(r"</?(?:details|summary)>", "", rest)
    _, fence, code = summary.partition("```")
    if fence:
        rest = f"{fence}{code.rstrip()}\n\n{rest.strip()}"
    return _title_of(summary), rest.strip("\n")


def _as_section(part: Sequence[str]) -> list[str]:
    """Return the lines of a part with its summary as a bold line, which stands for a heading."""
    bare = _title_of(_summary_of("\n".join(part))).strip("#* ")
    lines = [re.sub(r"</?details>", "", line) for line in part]
    for at, line in enumerate(lines):
        if "<summary>" in line:
            lines[at] = f"**{bare}**" if bare else ""
        elif "</summary>" in line:
            lines[at] = ""
    return lines
