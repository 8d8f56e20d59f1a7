"""Find the reviews of runbooks that are overdue, and the waivers in them that have ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from opsbook.nouns.runbook.findings import Finding, finding
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.problems import Problem, Severity


def due_runbooks(sources: Sequence[ParsedRunbook], today: date) -> Iterator[Problem]:
    """Yield a warning for each review that was due before `today`, and for each waiver that ended before it."""
    for source in sources:
        waivers = source.runbook.waivers
        if not any(waiver.rule == "review" and waiver.until >= today for waiver in waivers):
            yield from (found.problem for found in overdue_review(source, today))
        for index in range(len(waivers)):
            yield from ended_waiver(source, index, today)


def overdue_review(source: ParsedRunbook, today: date) -> Iterator[Finding]:
    """Yield a warning where the review of a runbook was due before `today`."""
    front, due = source.page.front, source.runbook.review_due
    if front and due and due < today:
        at = front.position(("reviewed",))
        message = f"the review was due on {due}; read it against the real system and set `reviewed`"
        yield finding(source, "review", None, (at.line, at.column), message, severity=Severity.WARNING)


def ended_waiver(source: ParsedRunbook, index: int, today: date) -> Iterator[Problem]:
    """Yield a warning where the waiver `index` of a runbook ended before `today`."""
    front, until = source.page.front, source.runbook.waivers[index].until
    if front and until < today:
        message = f"this waiver ended on {until}; mend the cause, or give the reason for a new date"
        yield replace(front.problem(("waivers", index, "until"), message), severity=Severity.WARNING)
