"""Check shell blocks with shellcheck, by the same rules as for runbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.problems import Problem
from opsbook.shell.shell_run import find_shellcheck
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import MissingToolError


def shell_parser() -> ShellParser:
    """Return the parser of shell. Raise MissingToolError without shellcheck: `bash -n` would find too little."""
    shellcheck = find_shellcheck()
    if shellcheck is None:
        raise MissingToolError("shellcheck")
    return ShellParser(shellcheck)


def check_shell(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield what is wrong with shell blocks, found by one run."""
    remarks = shell_parser().remarks(sorted({snippet.code for snippet in snippets}))
    for snippet in snippets:
        for remark in remarks[snippet.code]:
            message = f"{remark.message} ({remark.rule})"
            yield snippet.problem(remark.line, remark.column, message, remark.severity)
