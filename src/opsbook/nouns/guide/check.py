"""Check that each guide belongs to an item, and warn where one of its five sections is missing, misplaced or empty.

One that was imported, which its first line says, has the form of its source.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from opsbook.nouns.checklist.model import Place
from opsbook.nouns.guide.model import FOLDER, IMPORTED, Guide
from opsbook.nouns.kind import CheckContext
from opsbook.problems import Problem, ProblemsError, Severity, did_you_mean
from opsbook.source.headings import Heading
from opsbook.source.markdown import Markdown, parse_markdown

SECTIONS = ("Why it matters", "How to do it", "How to verify", "Pitfalls", "References")
"""The sections of a guide, in their order."""

_OR_MOVE = f"; a page about something else lies outside of {FOLDER}/"


def misplaced_guides(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each guide that belongs to no item, or lies in the folder of another area."""
    places = context.graph.by_id(Place)
    for guide in context.graph.all(Guide) if places else ():
        folder = guide.path.split("/")[-2]
        if guide.item not in places:
            message = f"no item has the id `{guide.item}`; {did_you_mean(guide.item, places)}{_OR_MOVE}"
            yield Problem(guide.file, 0, 0, message)
        elif (area := places[guide.item].area.id) != folder:
            message = f"the item `{guide.item}` is in the area `{area}`; move the guide to {FOLDER}/{area}/"
            yield Problem(guide.file, 0, 0, message)


def section_warnings(guides: Iterable[Guide]) -> Iterator[Problem]:
    """Yield what is wrong with the sections of `guides`."""
    for guide in guides:
        try:
            page = parse_markdown(guide.markdown, guide.file)
        except ProblemsError as error:
            yield from (_in_file(problem, guide) for problem in error.problems)
            continue
        for problem in _problems(page):
            yield _in_file(problem, guide)


def _in_file(problem: Problem, guide: Guide) -> Problem:
    """Return `problem`, found in the text of `guide`, as a warning at its line of the file."""
    return replace(problem, line=problem.line + guide.first_line - 1, severity=Severity.WARNING)


def _problems(page: Markdown) -> Iterator[Problem]:
    headings = [heading for heading in page.headings if heading.level == 2]
    if page.lines[0].strip() == IMPORTED:
        return
    for name in SECTIONS:
        if name not in [heading.text for heading in headings]:
            yield page.problem(1, 1, f"no section `## {name}`; a guide has: {', '.join(SECTIONS)}")
    found = [heading for heading in headings if heading.text in SECTIONS]
    for before, heading in itertools.pairwise(found):
        if SECTIONS.index(heading.text) <= SECTIONS.index(before.text):
            message = f"`{heading.text}` stands below `{before.text}`; the order is: {', '.join(SECTIONS)}"
            yield page.problem(heading.line, heading.column, message)
    ends = [*(heading.line for heading in headings), len(page.lines) + 1]
    for heading, end in zip(headings, ends[1:], strict=True):
        if heading.text in SECTIONS and _is_empty(page, heading, end):
            yield page.problem(heading.line, heading.column, f"the section `{heading.text}` is empty")


def _is_empty(page: Markdown, heading: Heading, end: int) -> bool:
    """Return whether a section holds neither text nor a block; a comment counts as neither."""
    return not any(map(page.shows, range(heading.line + 1, end)))
