"""Parse the Markdown of a runbook into sections, steps and commands, and report what is wrong with its structure."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from opsbook.nouns.runbook.model import RunbookSection, SectionName, Step
from opsbook.nouns.runbook.parts import parse_parts
from opsbook.problems import Problem, did_you_mean
from opsbook.site.language import SiteLanguage
from opsbook.source.fields import SLUG_FORM, slug_fault
from opsbook.source.headings import Heading
from opsbook.source.markdown import Markdown

_NUMBERED = re.compile(r"(?P<number>\d{1,3})\.[ \t]++(?P<title>.+)")
_ORDER = tuple(SectionName)


@dataclass
class _Parsing:
    """The page that is being parsed, and the problems found so far."""

    page: Markdown
    names: frozenset[str]
    language: SiteLanguage
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, line: int, column: int, message: str) -> None:
        self.problems.append(self.page.problem(line, column, message))


def parse_runbook_sections(
    page: Markdown, variables: frozenset[str], language: SiteLanguage | None = None
) -> tuple[tuple[RunbookSection, ...], tuple[Problem, ...]]:
    """Return the sections of `page` as far as they can be read, and every problem.

    `variables` are the names of the declared variables. Sections are called as `language` has it, or in English.
    """
    reading = _Parsing(page, variables, language or SiteLanguage())
    headings = [heading for heading in page.headings if _is_known(reading, heading)]
    _refuse_text_before(reading, headings)
    sections: list[RunbookSection] = []
    for heading, inside, end in _split(headings, 2, len(page.lines)):
        name = _section_name(reading, heading)
        if name:
            sections.append(_section(reading, name, heading, inside, end))
    _check_order(reading, sections)
    _check_anchors(reading)
    return tuple(_numbered(reading, sections)), tuple(reading.problems)


def _is_known(reading: _Parsing, heading: Heading) -> bool:
    if heading.level == 1:
        message = "a runbook has no `#` heading; its title stands in the front matter"
    elif heading.level > 3:
        message = "a runbook has no heading below `###`; allowed: `## Section` and `### 1. Step {#anchor}`"
    elif heading.column > 1:
        message = "a heading inside a list or a note; start it at the beginning of the line"
    else:
        return True
    reading.refuse(heading.line, heading.column, message)
    return False


def _refuse_text_before(reading: _Parsing, headings: Sequence[Heading]) -> None:
    end = headings[0].line if headings else len(reading.page.lines) + 1
    for number in range(reading.page.body_line, end):
        if reading.page.shows(number) and not reading.page.lines[number - 1].lstrip().startswith("#"):
            reading.refuse(number, 1, "text before the first section; start with `## Meaning`")
            return


def _split(headings: Sequence[Heading], level: int, end: int) -> Iterator[tuple[Heading, list[Heading], int]]:
    """Yield each heading of `level` with the headings below it and its last line."""
    starts = [index for index, heading in enumerate(headings) if heading.level == level]
    for start, following in itertools.zip_longest(starts, starts[1:]):
        inside = list(headings[start + 1 : following])
        yield headings[start], inside, headings[following].line - 1 if following is not None else end


def _section_name(reading: _Parsing, heading: Heading) -> SectionName | None:
    words = [name.value for name in _ORDER]
    if (word := reading.language.section(heading.text, words)) is not None:
        return SectionName(word)
    names = reading.language.sections(words)
    reading.refuse(heading.line, 1, f"no section is called `{heading.text}`; {did_you_mean(heading.text, names)}")
    # Read as what it was meant to be, so that one slip is one problem.
    near = difflib.get_close_matches(heading.text, names, n=1, cutoff=0.7)
    word = reading.language.section(near[0], words) if near else None
    return SectionName(word) if word else None


def _section(reading: _Parsing, name: SectionName, heading: Heading, inside: list[Heading], end: int) -> RunbookSection:
    steps: list[Step] = []
    intro_end = inside[0].line - 1 if inside else end
    if not name.has_steps:
        for step in inside:
            reading.refuse(step.line, 1, f"`{name.value}` has no steps; they belong to Diagnosis, Mitigation or Verify")
        intro_end = end
    else:
        steps = [_step(reading, name, step, last) for step, _, last in _split(inside, 3, end)]
        if not inside:
            reading.refuse(heading.line, 1, f"`{name.value}` has no step; add one: `### 1. What to do {{#anchor}}`")
    _refuse_commands(reading, heading.line, intro_end)
    intro = reading.page.text(heading.line + 1, intro_end)
    if not name.has_steps and not intro.strip():
        reading.refuse(heading.line, 1, f"`{name.value}` is empty; say it in a sentence or two")
    return RunbookSection(name, heading.line, intro, heading.line + 1, tuple(steps), heading.text)


def _refuse_commands(reading: _Parsing, first: int, last: int) -> None:
    for fence in reading.page.fences:
        if first < fence.line <= last and fence.language in ("bash", "promql", "output"):
            reading.refuse(fence.line, fence.column, f"a `{fence.language}` block outside of a step; move it into one")


def _step(reading: _Parsing, section: SectionName, heading: Heading, end: int) -> Step:
    match = _NUMBERED.fullmatch(heading.text)
    if not match:
        reading.refuse(heading.line, 5, "a step starts with its number; write `### 1. What to do {#anchor}`")
    if not heading.explicit:
        reading.refuse(heading.line, 5, "a step has a permanent anchor; end the line with one, such as `{#last-logs}`")
    elif slug_fault(heading.anchor):
        message = f"`{heading.anchor}` is not an anchor; allowed: {SLUG_FORM}"
        reading.refuse(heading.line, 5, message)
    parts, problems = parse_parts(reading.page, heading.line + 1, end, reading.names)
    reading.problems += problems
    if not parts:
        reading.refuse(heading.line, 5, "this step is empty; say what to do")
    number = int(match["number"]) if match else 0
    title = match["title"] if match else heading.text
    return Step(number, title, heading.anchor, section, heading.line, parts)


def _check_order(reading: _Parsing, sections: Sequence[RunbookSection]) -> None:
    seen: dict[SectionName, int] = {}
    latest = -1
    for section in sections:
        place = _ORDER.index(section.name)
        if section.name in seen:
            message = f"`## {section.name.value}` is already used on line {seen[section.name]}; sections are unique"
            reading.refuse(section.line, 1, message)
        elif place < latest:
            order = ", ".join(name.value for name in _ORDER)
            message = f"`## {section.name.value}` comes after `## {_ORDER[latest].value}`; the order is {order}"
            reading.refuse(section.line, 1, message)
        seen.setdefault(section.name, section.line)
        latest = max(latest, place)
    for name in _ORDER:
        if name not in seen:
            line = next(
                (s.line for s in sections if _ORDER.index(s.name) > _ORDER.index(name)), len(reading.page.lines)
            )
            reading.refuse(line, 1, missing_section(name))


def missing_section(name: SectionName) -> str:
    """Return what is said at the place of a section that is missing."""
    return f"the section `## {name.value}` is missing; it belongs here"


def _check_anchors(reading: _Parsing) -> None:
    seen: dict[str, int] = {}
    for heading in reading.page.headings:
        if heading.anchor in seen:
            message = (
                f"the anchor `{heading.anchor}` is already used on line {seen[heading.anchor]}; anchors are unique"
            )
            reading.refuse(heading.line, heading.column, message)
        seen.setdefault(heading.anchor, heading.line)


def _numbered(reading: _Parsing, sections: Sequence[RunbookSection]) -> Iterator[RunbookSection]:
    """Yield the sections with their steps numbered through. The first step with another number is a problem."""
    expected = 0
    is_right = True
    for section in sections:
        steps: list[Step] = []
        for step in section.steps:
            expected += 1
            if is_right and step.number not in (0, expected):
                message = f"this is step {expected}, not {step.number}; steps are numbered through the whole runbook"
                reading.refuse(step.line, 5, message)
                is_right = False
            steps.append(replace(step, number=expected))
        yield replace(section, steps=tuple(steps))
