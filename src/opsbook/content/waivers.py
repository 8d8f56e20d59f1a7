"""Read the waivers of findings about the content, and leave out the findings that they accept.

A waiver stands beside what it accepts, as a comment: `<!-- opsbook: waive NAME until 2027-03-31: reason -->` in
Markdown, `# opsbook: waive …` in YAML, in front matter and in the scripts of drawings. Before a block it is for the
block, after text for its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from opsbook.content.model import HandbookContent
from opsbook.nouns.drawing.model import Drawing
from opsbook.problems import Problem, Severity, did_you_mean
from opsbook.source.comments import NOTE
from opsbook.source.markdown import Markdown

_MARK = "opsbook:"
_FORM = f"write `{_MARK} waive NAME until YYYY-MM-DD: reason`"
_TERMS = re.compile(
    r"\s*waive\s+(?P<check>[\w-]+)(?:\s+until\s+(?P<until>\d{4}-\d\d-\d\d))?\s*(?::(?P<reason>.*))?$", re.DOTALL
)


@dataclass(frozen=True)
class PlacedWaiver:
    """A waiver with its place: it accepts findings of `check` on `lines` of the file `place.path`.

    `lines` is None where it is for all of the file. `path` may be a folder, with a slash at its end.
    """

    check: str
    until: date
    path: str
    place: Problem
    lines: range | None = None
    says: str = ""

    def accepts(self, check: str, problem: Problem) -> bool:
        """Return whether this waiver is for `problem`, a finding of `check`."""
        is_here = problem.path == self.path or (self.path.endswith("/") and problem.path.startswith(self.path))
        is_there = self.lines is None or problem.line in self.lines
        return check == self.check and is_here and is_there and self.says in problem.message


def read_waivers(
    content: HandbookContent, checks: Collection[str]
) -> tuple[tuple[PlacedWaiver, ...], tuple[Problem, ...]]:
    """Return every waiver of `content`, and what is wrong with those that cannot be read. `checks` are known names."""
    read = [*_from_settings(content), *(_placed(*comment) for comment in _comments(content))]
    problems = [each for each in read if isinstance(each, Problem)]
    waivers = [each for each in read if isinstance(each, PlacedWaiver)]
    known = [waiver for waiver in waivers if waiver.check in checks]
    for waiver in waivers:
        if waiver not in known:
            message = f"no check is called `{waiver.check}`; {did_you_mean(waiver.check, checks)}"
            problems.append(replace(waiver.place, message=message))
    return tuple(known), tuple(problems)


def apply_waivers(
    found: Sequence[tuple[str, Problem]], waivers: Iterable[PlacedWaiver], today: date
) -> tuple[list[Problem], int]:
    """Return the findings that no waiver accepts and what there is to say of the waivers; and how many are accepted.

    A waiver that ended before `today` accepts nothing.
    """
    accepted: set[int] = set()
    said: list[Problem] = []
    for waiver in waivers:
        answered = {index for index, (check, problem) in enumerate(found) if waiver.accepts(check, problem)}
        if not answered:
            said.append(replace(waiver.place, message="this waiver matches no finding; remove it"))
        elif waiver.until < today:
            message = f"this waiver ended on {waiver.until}; mend the cause, or give the reason for a new date"
            said.append(replace(waiver.place, message=message))
        else:
            accepted |= answered
    left = [problem for index, (_, problem) in enumerate(found) if index not in accepted]
    return [*left, *(replace(each, severity=Severity.WARNING) for each in said)], len(accepted)


def _from_settings(content: HandbookContent) -> Iterator[PlacedWaiver]:
    for index, waiver in enumerate(content.settings.waivers):
        place = content.settings_file.problem(("waivers", index), "")
        yield PlacedWaiver(waiver.check, waiver.until, waiver.file, place, says=waiver.says or "")


def _placed(place: Problem, text: str, lines: range) -> PlacedWaiver | Problem:
    """Return the waiver that the comment `text` is, after its mark; else what is wrong with it."""
    terms = _TERMS.match(text.rstrip())
    if not terms:
        return replace(place, message=f"this waiver cannot be read; {_FORM}")
    if not terms["until"] or not (terms["reason"] or "").strip():
        missing = "a reason" if terms["until"] else "the last day on which it holds"
        return replace(place, message=f"this waiver does not give {missing}; {_FORM}")
    try:
        until = date.fromisoformat(terms["until"])
    except ValueError:
        return replace(place, message=f"`{terms['until']}` is no day; {_FORM}")
    return PlacedWaiver(terms["check"], until, place.path, place, lines)


def _comments(content: HandbookContent) -> Iterator[tuple[Problem, str, range]]:
    """Yield the place of each comment with a waiver, what follows its mark, and the lines that it is for."""
    for page in content.pages:
        yield from _in_markdown(page)
        yield from _after_hash(page.path, page.lines[: page.body_line - 1])
    for file in content.files:
        yield from _after_hash(file.path, file.code.split("\n"))
    for drawing in content.graph.all(Drawing):
        yield from _after_hash(drawing.script, drawing.source.split("\n"))


def _in_markdown(page: Markdown) -> Iterator[tuple[Problem, str, range]]:
    in_fences = {line for fence in page.fences for line in range(fence.line, fence.end_line + 1)}
    for number in range(page.body_line, len(page.lines) + 1):
        line = page.lines[number - 1]
        note = NOTE.search(line)
        if note is None or number in in_fences:
            continue
        at = note.start()
        last = next((each for each in range(number, len(page.lines) + 1) if "-->" in page.lines[each - 1]), number)
        text = "\n".join([line[at:], *page.lines[number:last]]).partition("-->")[0]
        lines = range(number, number + 1) if line[:at].strip() else _next_block(page, last)
        yield Problem(page.path, number, at + 1, ""), text.partition(_MARK)[2], lines


def _next_block(page: Markdown, line: int) -> range:
    """Return the lines of the block after `line`: a fence with its ends, else what an empty line ends."""
    first = next((each for each in range(line + 1, len(page.lines) + 1) if page.shows(each)), line)
    if fence := next((each for each in page.fences if each.line == first), None):
        return range(fence.line, fence.end_line + 1)
    last = next((each for each in range(first, len(page.lines) + 1) if not page.lines[each - 1].strip()), first + 1)
    return range(first, last)


def _after_hash(path: str, lines: Sequence[str]) -> Iterator[tuple[Problem, str, range]]:
    for number, line in enumerate(lines, start=1):
        before, _, comment = line.partition("#")
        while comment and not comment.lstrip("# ").startswith(_MARK):
            more, _, comment = comment.partition("#")
            before += f"#{more}"
        if comment:
            here = range(number, number + 1) if before.strip() else _below(lines, number)
            yield Problem(path, number, len(before) + 1, ""), comment.partition(_MARK)[2], here


def _below(lines: Sequence[str], number: int) -> range:
    """Return the next line with a value after line `number`, with the lines below it that are indented further."""

    def is_text(line: str) -> bool:
        return bool(line.strip()) and not line.lstrip().startswith("#")

    first = next((each for each in range(number + 1, len(lines) + 1) if is_text(lines[each - 1])), number)
    indent = _indent(lines[first - 1])
    inside = (each for each in range(first + 1, len(lines) + 1) if is_text(lines[each - 1]))
    return range(first, next((each for each in inside if _indent(lines[each - 1]) <= indent), len(lines) + 1))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
