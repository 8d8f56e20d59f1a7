"""Parse the Markdown of a post-mortem into its sections and its timeline, and report what is wrong with them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from opsbook.nouns.post_mortem.model import SECTIONS, Moment, PostMortemSection
from opsbook.problems import Problem, did_you_mean
from opsbook.site.language import SiteLanguage
from opsbook.source.markdown import Markdown

_ENTRY = re.compile(r"[-*+] +(?P<about>~?)(?P<time>\d{4}-\d{2}-\d{2} \d{2}:\d{2})(?: ?(?:Z|UTC))?:? +(?P<text>\S.*)")
_FORM = "such as `- 2026-11-23 14:05 What happened`, in UTC, with `~` before a time that is not exact"


def parse_post_mortem_sections(
    page: Markdown, language: SiteLanguage | None = None
) -> tuple[tuple[PostMortemSection, ...], tuple[Problem, ...]]:
    """Return the sections of `page` in their order, and every problem with them.

    They are called as `language` has it, or in English.
    """
    language = language or SiteLanguage()
    headings = [heading for heading in page.headings if heading.level <= 2]
    ends = [*(heading.line - 1 for heading in headings), len(page.lines)]
    sections: list[PostMortemSection] = []
    problems: list[Problem] = []
    if (early := next(filter(page.shows, range(page.body_line, ends[0] + 1)), None)) is not None:
        message = f"text before the first section; start with `## {SECTIONS[0]}`"
        problems.append(page.problem(early, 1, message))
    for heading, end in zip(headings, ends[1:], strict=True):
        name = language.section(heading.text, SECTIONS)
        if heading.level == 1:
            message = "a post-mortem has no `#` heading; its title stands in the front matter"
        elif name is None:
            allowed = language.sections(SECTIONS)
            message = f"no section is called `{heading.text}`; {did_you_mean(heading.text, allowed)}"
        elif name in (section.name for section in sections):
            message = f"`{heading.text}` stands here twice; a section stands once"
        else:
            sections.append(PostMortemSection(name, heading.line, page.text(heading.line + 1, end), heading.text))
            continue
        problems.append(page.problem(heading.line, heading.column, message))
    problems += _order_problems(page, sections)
    return tuple(sections), tuple(problems)


def _order_problems(page: Markdown, sections: list[PostMortemSection]) -> Iterator[Problem]:
    names = [section.name for section in sections]
    for name in SECTIONS:
        if name not in names:
            yield page.problem(len(page.lines), 1, f"the section `## {name}` is missing; it is required")
    for section, following in itertools.pairwise(sections):
        if SECTIONS.index(following.name) < SECTIONS.index(section.name):
            message = f"`{following.name}` comes before `{section.name}`; the order is {', '.join(SECTIONS)}"
            yield page.problem(following.line, 1, message)


def parse_timeline(page: Markdown, section: PostMortemSection) -> tuple[tuple[Moment, ...], tuple[Problem, ...]]:
    """Return the entries of the timeline, and every problem with them.

    An entry is a list item that begins with a time, with the indented lines below it.
    """
    moments: list[Moment] = []
    problems: list[Problem] = []
    for number, line in enumerate(section.markdown.split("\n"), start=_first_line(page, section)):
        if not line.strip() or not page.shows(number):
            continue
        if number in page.hidden:
            message = (
                "a block or a comment with text beside it is no entry of the timeline; write it in another section"
            )
            problems.append(page.problem(number, 1, message))
            continue
        if moments and line.startswith((" ", "\t")):
            last = moments[-1]
            moments[-1] = Moment(last.time, last.is_approximate, f"{last.text}\n{line.strip()}", last.line)
            continue
        moment = _moment(line, number)
        if moment is None:
            problems.append(page.problem(number, 1, f"this is no entry of the timeline; allowed: {_FORM}"))
            continue
        if moments and moment.time < moments[-1].time:
            problems.append(page.problem(number, 3, "this is earlier than the entry before it; put it in order"))
        moments.append(moment)
    return tuple(moments), tuple(problems)


def _first_line(page: Markdown, section: PostMortemSection) -> int:
    """Return the line on which the text of `section` begins, since its blank lines after the heading are left out."""
    line = section.line + 1
    while line < len(page.lines) and not page.lines[line - 1].strip():
        line += 1
    return line


def _moment(line: str, number: int) -> Moment | None:
    match = _ENTRY.fullmatch(line.rstrip())
    try:
        time = datetime.fromisoformat(match["time"]).replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
    return Moment(time, bool(match["about"]), match["text"], number) if match and time else None
