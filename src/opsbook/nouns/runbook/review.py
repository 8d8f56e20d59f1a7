"""Judge the runbooks that were loaded: by the shell's parser, which works meanwhile, by the linter, and by the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from opsbook.nouns.kind import Loaded, Project
from opsbook.nouns.runbook.lint import due_runbooks, lint_runbooks
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.problems import Problem


def review(loaded: Loaded, project: Project) -> Callable[[], Iterable[Problem]]:
    """Start the shell's parser on the commands. What is returned waits for it, and gives every problem."""
    sources = _sources(loaded)
    parser = ShellParser.find(project.kept("shell")) if project.parses_shell else None
    said = parser.start(sources) if parser else None
    return lambda: lint_runbooks(sources, today=project.today, by_shell=said() if said else None)


def due(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield a warning for each review and each waiver of a rule that has ended by `today`."""
    return due_runbooks(_sources(loaded), today)


def _sources(loaded: Loaded) -> tuple[ParsedRunbook, ...]:
    return tuple(record.value for record in loaded.records if isinstance(record.value, ParsedRunbook))
