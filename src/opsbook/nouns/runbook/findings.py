"""What a rule found: a problem, the name of the rule and the step, so that a waiver can answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from opsbook.nouns.runbook.model import Command, ParsedRunbook, Step
from opsbook.problems import Problem, Severity


@dataclass(frozen=True)
class Finding:
    """A problem that the rule `rule` found in `step`, or in no step; `command` is the line of the command's fence."""

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
    """A finding at `place`, a line and a column; the rule's name joins the message."""
    problem = Problem(source.page.path, *place, f"{message} ({rule})", severity)
    return Finding(rule, step.anchor if step else None, problem, command.line if command else None)


def place_in(command: Command, offset: int) -> tuple[int, int]:
    """The line and the column in the file of the character `offset` of a command's code."""
    before = command.code[:offset]
    return command.line + 1 + before.count("\n"), offset - before.rfind("\n")
