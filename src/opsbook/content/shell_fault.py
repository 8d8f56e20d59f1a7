"""Define what is wrong at a place of shell text."""

from __future__ import annotations

from dataclasses import dataclass

from opsbook.problems import Severity


@dataclass(frozen=True)
class ShellFault:
    """What is wrong at a place of a block, counted from 1."""

    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR


def fault_at(code: str, offset: int, message: str, severity: Severity = Severity.ERROR) -> ShellFault:
    """Return the fault `message` at `offset` of `code`."""
    before = code[:offset]
    return ShellFault(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, message, severity)
