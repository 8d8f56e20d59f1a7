"""Load the facts from `facts.yml`, and find those whose review is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from opsbook.nouns.fact.model import FILE, Facts
from opsbook.nouns.kind import Loaded, load_yaml
from opsbook.problems import Problem, Severity

load = partial(load_yaml, name=FILE, model=Facts)
"""Return the facts, none where there is no file. Raises ProblemsError with every mistake."""


def due(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield a warning for each fact whose review was due before `today`."""
    for record in loaded.records:
        if not (isinstance(record.value, Facts) and record.places):
            continue
        for at, fact in enumerate(record.value.facts):
            if fact.review_due < today:
                message = (
                    f"the review of `{fact.id}` was due on {fact.review_due}; compare the value with its source and "
                    f"set `reviewed`"
                )
                problem = record.places.problem(("facts", at, "reviewed"), message)
                yield replace(problem, severity=Severity.WARNING)
