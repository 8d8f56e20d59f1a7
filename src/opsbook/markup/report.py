"""Report what is taken out of a page as a whole, where no warning about its source gave the place."""

from __future__ import annotations

from collections.abc import Iterable

from opsbook.markup.clean import removed
from opsbook.problems import Problem, Severity

MOST = 5
"""As many constructs are named; the others are counted."""


def page_problem(path: str, html: str, told: Iterable[Problem]) -> Problem | None:
    """Return one warning for what cleaning takes out of `html`, the page that is written in the file `path`.

    Return None where nothing is taken out, and where `told` has a warning about this file already.
    """
    if any(problem.path == path for problem in told):
        return None
    found = removed(html)
    if not found:
        return None
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return Problem(path, 0, 0, f"taken out of the page: {', '.join(found[:MOST])}{more}", Severity.WARNING)
