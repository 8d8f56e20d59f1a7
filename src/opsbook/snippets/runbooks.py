"""Check the commands of runbooks with the runbooks' own linter, which knows the variables and the waivers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.shell import shell_parser


def check_runbooks(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield the problems inside of commands; those of a runbook's text and structure are for `opsbook check`."""
    sources = {snippet.path: snippet.runbook for snippet in snippets if snippet.runbook}
    inside = {(snippet.path, line) for snippet in snippets for line in range(snippet.first, snippet.last + 1)}
    runbooks = tuple(sources.values())
    for problem in lint_runbooks(runbooks, by_shell=shell_parser().start(runbooks)()):
        if (problem.path, problem.line) in inside:
            yield problem
