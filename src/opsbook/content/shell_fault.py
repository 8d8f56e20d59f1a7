"""Define what is wrong at a place of shell text."""

from __future__ import annotations

from dataclasses import dataclass

from opsbook.problems import Severity
from opsbook.source.text import end_position


@dataclass(frozen=True)
class ShellFault:
    """What is wrong at a place of a block, counted from 1."""

    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR


def fault_at(code: str, offset: int, message: str, severity: Severity = Severity.ERROR) -> ShellFault:
    """Return the fault `message` at `offset` of `code`."""
    line, column = end_position(code[:offset])
    return ShellFault(line, column, message, severity)
