"""What has passed its day: waivers and reviews. It is told, and it stops nothing.

A site that built yesterday builds today: publishing, an urgent runbook above all, must not be blocked by a calendar.
So the build prints these as information, `opsbook check` as warnings, and the page shows a mark by the reader's clock.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from opsbook.nouns.checklist.load import nodes
from opsbook.nouns.checklist.model import Checklist, Item
from opsbook.nouns.runbook.findings import ParsedRunbook
from opsbook.nouns.runbook.lint import due_runbooks
from opsbook.problems import Problem, Severity
from opsbook.secrets.load import Allowed
from opsbook.source.tree import YamlDocument


def day_of_build() -> date:
    """Return the day of `SOURCE_DATE_EPOCH` (in UTC, as that standard says) where it is set, else today."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return date.today()


def due_problems(
    checklist: Checklist, document: YamlDocument, sources: Sequence[ParsedRunbook], allowed: Allowed | None, today: date
) -> Iterator[Problem]:
    """Yield a warning for each waiver, review and exception that has ended by `today`."""
    for at, node in nodes(checklist):
        if isinstance(node, Item) and node.waiver and node.waiver.until < today:
            message = f"this waiver ended on {node.waiver.until}; do what it put off, or give the reason for a new date"
            yield replace(document.problem((*at, "waiver", "until"), message), severity=Severity.WARNING)
    yield from due_runbooks(sources, today)
    if allowed:
        yield from allowed.due(today)
