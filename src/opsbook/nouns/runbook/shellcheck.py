"""Run the shell's parser on the commands of runbooks: `shellcheck` where it is installed, else `bash -n`.

Its remarks are stored in a folder, so that a command is parsed only once.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.nouns.runbook.findings import Finding, finding
from opsbook.nouns.runbook.model import Command, Language, ParsedRunbook, Step
from opsbook.problems import Problem, Severity
from opsbook.shell.shell_nesting import shell_too_deep
from opsbook.shell.shell_reading import DEEPEST
from opsbook.shell.shell_run import (
    EXCLUDED,
    SLOW,
    UNREAD,
    Remark,
    Remarks,
    find_shellcheck,
    run_bash,
    start_shellcheck,
)
from opsbook.store import Store, key_of
from opsbook.versions import program_version, versions

_NAME = "remarks"
_Row = tuple[str, int, int, str, str]


@dataclass(frozen=True)
class ShellParser:
    """The program that parses: `shellcheck`, or `bash` where `is_bash`. `cache` is a folder, or None for no cache."""

    program: str
    is_bash: bool = False
    cache: Path | None = None

    @classmethod
    def find(cls, cache: Path | None = None) -> ShellParser | None:
        """Return the best parser on this machine; None where there is none."""
        if shellcheck := find_shellcheck():
            return cls(shellcheck, cache=cache)
        bash = shutil.which("bash")
        return cls(bash, is_bash=True, cache=cache) if bash else None

    def start(self, sources: Sequence[ParsedRunbook]) -> Callable[[], tuple[Finding, ...]]:
        """Start parsing the shell commands of `sources`, and return a function that waits and returns the findings."""
        commands = [
            (source, step, command)
            for source in sources
            for step, command in source.runbook.commands
            if command.language is Language.BASH and command.code.strip()
        ]
        finish = self._start([command.code for _, _, command in commands])

        def findings() -> tuple[Finding, ...]:
            remarks = finish()
            return tuple(_finding(*place, remark) for place in commands for remark in remarks[place[2].code])

        return findings

    def remarks(self, codes: Sequence[str]) -> Mapping[str, tuple[Remark, ...]]:
        """Return the remarks on each text."""
        return self._start(codes)()

    def _start(self, codes: Sequence[str]) -> Callable[[], Remarks]:
        key = key_of(f"{program_version(Path(self.program))}\n{versions(code='shell')}", EXCLUDED)
        with Store(self.cache) as store:
            before: Mapping[str, list[_Row]] = store.read_json(_NAME, key) or {}
        deep = {code: (_nested(code, at),) for code in codes if (at := shell_too_deep(code)) is not None}
        kept = deep | {
            code: tuple(map(_from_row, before[code])) for code in codes if code in before and code not in deep
        }
        missing = sorted(set(codes) - kept.keys())
        if not missing:
            return lambda: kept
        finish = None if self.is_bash else start_shellcheck(self.program, missing)

        def remarks() -> Remarks:
            found = kept | (finish() if finish else run_bash(self.program, missing))
            said = ((code, each) for code, each in found.items() if not {SLOW, UNREAD} & set(each))
            with Store(self.cache) as store:
                store.write_json(_NAME, key, {code: [_row(remark) for remark in each] for code, each in said})
            return found

        return remarks


def unchecked_shell(sources: Iterable[ParsedRunbook]) -> Iterator[Problem]:
    """Yield, where shellcheck is missing and there are shell commands, that another machine may find more in them."""
    commands = (command for source in sources for _, command in source.runbook.commands)
    has_shell = any(command.language is Language.BASH for command in commands)
    if has_shell and not find_shellcheck():
        by = (
            "`bash -n` has read its commands, which finds less"
            if shutil.which("bash")
            else "nothing has read its commands"
        )
        message = f'shellcheck is missing, so {by}; get it with `pip install "opsbook[checkers]"`'
        yield Problem("runbooks", 0, 0, message, Severity.WARNING)


def _finding(source: ParsedRunbook, step: Step | None, command: Command, remark: Remark) -> Finding:
    # Shellcheck counts a tab as up to eight columns; commands have none.
    place = (command.line + remark.line, remark.column)
    return finding(source, remark.rule, step, place, remark.message, severity=remark.severity, command=command)


def _nested(code: str, at: int) -> Remark:
    """Return the remark on `code` that is nested too deep to be given to a parser."""
    message = f"substitutions more than {DEEPEST} deep inside each other; write it in steps"
    return Remark("shell", code.count("\n", 0, at) + 1, at - code.rfind("\n", 0, at), message, Severity.ERROR)


def _row(remark: Remark) -> _Row:
    return remark.rule, remark.line, remark.column, remark.message, remark.severity.value


def _from_row(row: _Row) -> Remark:
    rule, line, column, message, severity = row
    return Remark(rule, line, column, message, Severity(severity))
