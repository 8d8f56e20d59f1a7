"""Hold what a command has found: problems, counts, and what else there is to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from opsbook.problems import Problem, Severity


@dataclass(frozen=True)
class Findings:
    """What a check has found: the problems, what was counted, and what else there is to say."""

    problems: tuple[Problem, ...]
    counts: str = ""
    notes: tuple[str, ...] = ()
    drafts: tuple[Problem, ...] = ()
    """What drafts lack, or that they lack nothing."""
    kind: str = "problem"
    """What the problems are called, all together: a new problem is one that is not known."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a check of the content looks at what it found, by the name of the check."""

    @property
    def has_errors(self) -> bool:
        """Return whether one of the problems is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def strictly(self) -> Findings:
        """Return the same with every warning as an error."""
        return replace(self, problems=tuple(replace(each, severity=Severity.ERROR) for each in self.problems))
