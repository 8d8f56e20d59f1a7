"""Check the loaded runbooks with the shell's parser, which runs in the background, the linter and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from opsbook.nouns.kind import Loaded, Project
from opsbook.nouns.runbook.due import due_runbooks
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.nouns.runbook.shellcheck import ShellParser, unchecked_shell
from opsbook.problems import Problem


def review(loaded: Loaded, project: Project) -> Callable[[], Iterable[Problem]]:
    """Start the shell's parser on the commands, and return a function that waits for it.

    That function returns every problem of the runbooks.
    """
    sources = _sources(loaded)
    parser = ShellParser.find(project.kept("shell")) if project.parses_shell else None
    said = parser.start(sources) if parser else None
    return lambda: lint_runbooks(sources, today=project.today, by_shell=said() if said else None)


def due(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield a warning for each overdue review, and for each waiver of a rule that ended before `today`."""
    return due_runbooks(_sources(loaded), today)


def unchecked(loaded: Loaded) -> Iterator[Problem]:
    """Yield a warning where the shell commands of the runbooks are not read by shellcheck."""
    return unchecked_shell(_sources(loaded))


def _sources(loaded: Loaded) -> tuple[ParsedRunbook, ...]:
    return tuple(record.value for record in loaded.records if isinstance(record.value, ParsedRunbook))
