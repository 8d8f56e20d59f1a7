"""Find the waivers of the checklist that have ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from opsbook.nouns.checklist.load import identified
from opsbook.nouns.checklist.model import Checklist, Item
from opsbook.nouns.kind import Loaded
from opsbook.problems import Problem, Severity


def due(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield a warning for each waiver that ended before `today`."""
    for record in loaded.records:
        if not (isinstance(record.value, Checklist) and record.places):
            continue
        for at, node in identified(record.value):
            if isinstance(node, Item) and node.waiver and node.waiver.until < today:
                ended = f"this waiver ended on {node.waiver.until}"
                message = f"{ended}; do what it put off, or give the reason for a new date"
                problem = record.places.problem((*at, "waiver", "until"), message)
                yield replace(problem, severity=Severity.WARNING)
