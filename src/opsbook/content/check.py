"""Run every check over the content, and leave out what a waiver accepts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from opsbook.content.checks import CHECKS
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.waivers import apply_waivers, read_waivers
from opsbook.problems import Problem, ProblemsError
from opsbook.snippets.tools import ToolError
from opsbook.source.guard import collecting


@dataclass(frozen=True)
class ContentReport:
    """What the checks found, and how many findings are waived. `reasons` are those of the checks, by their names."""

    problems: tuple[Problem, ...]
    waived: int = 0
    reasons: Mapping[str, str] = field(default_factory=dict)


def check_content(content: HandbookContent, checks: Sequence[ContentCheck] = CHECKS) -> ContentReport:
    """Return what `checks` find in `content`, except what is waived, and what is wrong with the waivers."""
    waivers, wrong = read_waivers(content, {check.name for check in checks})
    failed: dict[str, list[Problem]] = {check.name: [] for check in checks}
    found = [
        (check.name, problem)
        for check in checks
        for problem in dict.fromkeys(_found(check, content, failed[check.name]))
    ]
    left, waived = apply_waivers(found, [each for each in waivers if not failed[each.check]], content.today)
    said = {problem.message.rpartition(" (")[2].rstrip(")") for problem in left}
    reasons = {check.name: check.reason for check in checks if check.name in said}
    return ContentReport(ProblemsError([*wrong, *itertools.chain(*failed.values()), *left]).problems, waived, reasons)


def _found(check: ContentCheck, content: HandbookContent, failed: list[Problem]) -> Iterator[Problem]:
    """Yield what `check` finds; add to `failed` why it could not look at all of `content`."""
    with collecting(check.name, failed):
        try:
            for problem in check.find(content):
                yield replace(problem, message=f"{problem.message} ({check.name})")
        except ToolError as error:
            failed.append(Problem(".", 0, 0, f"{check.name} did not look at everything: {error}"))
