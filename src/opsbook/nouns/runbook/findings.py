"""Define a finding: a problem with the name of its rule and its step, which a waiver can accept."""

from __future__ import annotations

from dataclasses import dataclass

from opsbook.nouns.runbook.model import Command, ParsedRunbook, Step
from opsbook.problems import Problem, Severity


@dataclass(frozen=True)
class Finding:
    """A problem that `rule` found in `step`, or in none of them; `command` is the line of the command's fence."""

    rule: str
    step: str | None
    problem: Problem
    command: int | None = None


def finding(
    source: ParsedRunbook,
    rule: str,
    step: Step | None,
    place: tuple[int, int],
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    command: Command | None = None,
) -> Finding:
    """Return a finding at `place`, a line and a column; the name of the rule is added to the message."""
    problem = Problem(source.page.path, *place, f"{message} ({rule})", severity)
    return Finding(rule, step.anchor if step else None, problem, command.line if command else None)


def place_in(command: Command, offset: int) -> tuple[int, int]:
    """Return the line and the column in the file of the character `offset` of a command's code."""
    before = command.code[:offset]
    return command.line + 1 + before.count("\n"), offset - before.rfind("\n")
