"""Check the variables of a command: each is declared, used, and written where a value can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.nouns.runbook.findings import Finding, finding, place_in
from opsbook.nouns.runbook.lint_places import lint_place
from opsbook.nouns.runbook.model import Command, Language, ParsedRunbook, Step
from opsbook.problems import did_you_mean
from opsbook.shell.promql import promql_variables
from opsbook.shell.quoting import Quoting
from opsbook.shell.shell import Reference, ShellText, scan_shell

PROVIDED = frozenset(
    {
        "BASHPID",
        "BASH_REMATCH",
        "BASH_SOURCE",
        "BASH_VERSION",
        "COLUMNS",
        "COPROC",
        "EDITOR",
        "EPOCHSECONDS",
        "EUID",
        "FUNCNAME",
        "HOME",
        "HOSTNAME",
        "IFS",
        "LANG",
        "LC_ALL",
        "LINENO",
        "LINES",
        "LOGNAME",
        "MAPFILE",
        "OLDPWD",
        "OPTARG",
        "OPTIND",
        "OSTYPE",
        "PATH",
        "PIPESTATUS",
        "PPID",
        "PWD",
        "RANDOM",
        "REPLY",
        "SECONDS",
        "SHELL",
        "SHLVL",
        "TERM",
        "TMPDIR",
        "UID",
        "USER",
    }
)
"""Variables that every shell has."""


def lint_variables(source: ParsedRunbook, step: Step, command: Command) -> Iterator[Finding]:
    """Yield what is wrong with the variables of `command`."""
    if command.language is Language.BASH:
        yield from _lint_bash(source, step, command, scan_shell(command.code))
    else:
        for name, start, _ in promql_variables(command.code):
            if name not in source.runbook.variable:
                yield _undeclared(source, step, command, name, start)


def lint_declarations(source: ParsedRunbook) -> Iterator[Finding]:
    """Yield a finding for each variable that is declared twice, is not used, or shares a label with another."""
    used = {name for _, command in source.runbook.commands for name in command.variables}
    front = source.page.front
    seen: dict[str, str] = {}
    parameters: dict[str, str] = {}
    for index, variable in enumerate(source.runbook.variables):
        at = front.position(("variables", index, "name")) if front else None
        place = (at.line, at.column) if at else (1, 1)
        if variable.name in seen:
            yield finding(source, "duplicate", None, place, f"`{variable.name}` is declared twice")
        elif variable.name not in used:
            message = f"no command uses `{variable.name}`; remove it, or write `${variable.name}` where it belongs"
            yield finding(source, "unused-variable", None, place, message)
        for parameter in variable.parameters:
            other = parameters.setdefault(parameter, variable.name)
            if other != variable.name:
                message = f"`{variable.name}` and `{other}` are both filled from `{parameter}`"
                yield finding(source, "duplicate", None, place, message)
        seen[variable.name] = variable.name


def _lint_bash(source: ParsedRunbook, step: Step, command: Command, text: ShellText) -> Iterator[Finding]:
    declared = source.runbook.variable
    for reference in text.references:
        if reference.name in declared:
            yield from _lint_use(source, step, command, reference)
        elif reference.name not in text.assigned | PROVIDED and command.code[reference.start] == "$":
            yield _undeclared(source, step, command, reference.name, reference.start)
    for name in sorted(text.assigned & declared.keys()):
        message = f"the block assigns `{name}`, which is filled in from outside; choose a lower-case name of its own"
        yield finding(source, "assigned", step, (command.line + 1, 1), message)
    for start, end in text.single_quoted:
        for name in declared:
            if found := re.compile(rf"\$({name}\b|\{{{name}\}})").search(command.code, start, end):
                offset = found.start()
                written = f"`{found.group()}` stands in single quotes"
                message = f"{written}, where the shell leaves it as it is; write double quotes"
                yield finding(source, "single-quoted", step, place_in(command, offset), message)


def _lint_use(source: ParsedRunbook, step: Step, command: Command, reference: Reference) -> Iterator[Finding]:
    place = place_in(command, reference.start)
    name = reference.name
    if misplaced := lint_place(source.runbook.variable[name], command, reference):
        yield finding(source, misplaced.rule, step, place, misplaced.message, command=command)
    elif reference.quoting is Quoting.BARE:
        message = f'`${name}` is not quoted; write `"${name}"`'
        yield finding(source, "unquoted", step, place, message, command=command)


def _undeclared(source: ParsedRunbook, step: Step, command: Command, name: str, offset: int) -> Finding:
    nearest = did_you_mean(name, source.runbook.variable)
    assigned = " and this block does not assign it" if command.language is Language.BASH else ""
    message = f"`${name}` is not declared under `variables`{assigned}; {nearest}"
    return finding(source, "undeclared", step, place_in(command, offset), message)
