"""Say how a value must be written at the place where a command uses a variable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Quoting(Enum):
    """How the value of a variable must be written, by the quotes around the variable.

    `PLAIN` is a place that is read twice, so that only a value without special characters fits; `NONE` takes no value.
    """

    BARE = "bare"
    DOUBLE = "double"
    HEREDOC = "heredoc"
    PROMQL = "promql"
    PLAIN = "plain"
    NONE = "none"


@dataclass(frozen=True)
class Use:
    """A place where a command uses a declared variable: `code[start:end]` is `$NAME` or `${NAME}`, or no value fits."""

    name: str
    start: int
    end: int
    quoting: Quoting
