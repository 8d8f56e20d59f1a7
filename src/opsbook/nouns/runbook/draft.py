"""Read a draft: say what it lacks, and keep its text whole where that does not stand in the fixed sections.

A runbook that came from elsewhere, or is still being written, is published as a draft. What a finished runbook is
refused for is a gap of a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opsbook.nouns.runbook.model import NEEDED_WHEN_FINISHED, Gap, ParsedRunbook, Runbook, RunbookStatus
from opsbook.problems import Problem, Severity
from opsbook.source.markdown import Markdown
from opsbook.source.tree import YamlDocument

READY = "nothing is missing any more; it can lose `status: draft`"


def says_draft(front: YamlDocument) -> bool:
    """Return whether the front matter says that the runbook is a draft."""
    return isinstance(front.tree, dict) and front.tree.get("status") == RunbookStatus.DRAFT.value


def draft_runbook(runbook: Runbook, page: Markdown, problems: Iterable[Problem]) -> Runbook:
    """Return the draft `runbook` with what it lacks; `problems` are those of the form of `page`."""
    missing = (f"the key `{key}` is missing" for key in NEEDED_WHEN_FINISHED if getattr(runbook, key) is None)
    found = (
        Gap(problem.line, problem.column, problem.message)
        for problem in sorted(set(problems), key=lambda each: each.order)
    )
    gaps = (*(Gap(1, 1, message) for message in missing), *found)
    free = "" if _is_in_sections(runbook, page) else _body(page)
    return runbook.model_copy(update={"gaps": gaps, "free_text": free})


def draft_notes(source: ParsedRunbook) -> Iterator[Problem]:
    """Yield a note for everything that a draft lacks in its keys and in the form of its text."""
    for gap in source.runbook.gaps:
        yield Problem(source.page.path, gap.line, gap.column, gap.message, Severity.NOTE)


def ready_note(source: ParsedRunbook) -> Problem:
    """Return the note that a draft lacks nothing."""
    at = source.page.front.position(("status",)) if source.page.front else None
    return Problem(source.page.path, at.line if at else 1, at.column if at else 1, READY, Severity.NOTE)


def _is_in_sections(runbook: Runbook, page: Markdown) -> bool:
    """Return whether everything that `page` shows stands in one of the sections of `runbook`."""
    found = {section.line for section in runbook.sections}
    is_known = all(heading.line in found for heading in page.headings if heading.level == 2)
    first = min((section.line for section in runbook.sections), default=len(page.lines) + 1)
    return is_known and not any(map(page.shows, range(page.body_line, first)))


def _body(page: Markdown) -> str:
    """Return the text below the front matter, with a heading of the first level as one of the second."""
    tops = {heading.line for heading in page.headings if heading.level == 1}
    lines = []
    for number, line in enumerate(page.lines[page.body_line - 1 :], start=page.body_line):
        is_hashed = number in tops and line.lstrip().startswith("#")
        lines.append(f"#{line.lstrip()}" if is_hashed else line)
    return "\n".join(lines)
