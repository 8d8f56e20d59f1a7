"""How a value must be written at the place where a command uses a variable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Quoting(Enum):
    """What stands around a variable, and so how its value must be written there.

    `PLAIN` is a place that is read twice, so that only a value without any special character fits; none fits `NONE`.
    """

    BARE = "bare"
    DOUBLE = "double"
    HEREDOC = "heredoc"
    PROMQL = "promql"
    PLAIN = "plain"
    NONE = "none"


@dataclass(frozen=True)
class Use:
    """Where a command uses a declared variable: `code[start:end]` is `$NAME` or `${NAME}`, or no value fits there."""

    name: str
    start: int
    end: int
    quoting: Quoting
