"""Check where a variable stands in a command: whether every value can safely be filled in there.

The page of a runbook takes values from its address, and anybody can write one. Quotes keep a value from being read as
a command; here are the places where they do not.
"""

from __future__ import annotations

import functools
import string
from dataclasses import dataclass

from opsbook.nouns.runbook.model import Command, Variable
from opsbook.nouns.runbook.pattern_characters import characters_of
from opsbook.shell.shell import Reference
from opsbook.shell.shell_places import ShellContext

PLAIN = frozenset(string.ascii_letters + string.digits + "_./:@%+,=-")
"""The ASCII characters that are special to no program, the same as `plain` in web/assets/quoting.js."""

_SPECIAL = frozenset(map(chr, range(128))) - PLAIN
# The most telling of them, in the order in which a message names them.
_TELLING = " $`\"';|&()<>\\*?[]{}~!#^\n\t"
# Shells that take arguments after the program that `-c` gives.
_SHELLS = frozenset({"ash", "bash", "dash", "ksh", "mksh", "rbash", "sh", "zsh"})
_CALLED = {" ": "a blank", "`": "a backquote", "\n": "a line end", "\t": "a tab"}


@dataclass(frozen=True)
class Misplaced:
    """What is wrong with the place of a variable, and the rule that it breaks."""

    rule: str
    message: str


def lint_place(variable: Variable, command: Command, reference: Reference) -> Misplaced | None:
    """Return what is wrong with the place of `reference`; None where each value of `variable` can be filled in."""
    name = variable.name
    example = f'{name.lower()}="${name}"'
    if reference.place is ShellContext.BACKQUOTES:
        return Misplaced("backquotes", f"`${name}` stands between backquotes, which read it twice; write `$(…)`")
    if not reference.plain:
        written = command.code[reference.start : reference.end]
        message = f"`{written}` cannot be filled in; assign it first, `{example}`, and compute with that"
        return Misplaced("computed", message)
    if reference.place in (ShellContext.COMPUTED, ShellContext.EXPANSION):
        message = f"`${name}` stands in {reference.place.value}, where it cannot be filled in; assign it first, "
        return Misplaced("computed", f"{message}`{example}`, and write `${name.lower()}` there")
    if reference.place is ShellContext.COMMAND:
        message = f"`${name}` says which command is run, and anybody can write a link; write the name of the command"
        return Misplaced("command-name", message)
    return _lint_again(variable, reference) if reference.place is not ShellContext.WORD else None


def _lint_again(variable: Variable, reference: Reference) -> Misplaced | None:
    taken = special_characters(variable.pattern)
    if not taken:
        return None
    called = [_CALLED.get(each, f"`{each}`") for each in _TELLING if each in taken][:3] or ["control characters"]
    takes = f"its pattern takes {', '.join(called)}" + (" and more" if len(taken) > len(called) else "")
    allowed = "narrow the pattern to letters, digits and `_./:@%+,=-`"
    if reference.place is ShellContext.UNSURE:
        why = "stands behind a quote in a comment, or in a here-document of `$(…)`, which shells read in different ways"
        return Misplaced("read-again", f"`${variable.name}` {why}, and {takes}; take that out, or {allowed}")
    name = f"`{reference.reader}`" if " " not in reference.reader else reference.reader
    message = f"`${variable.name}` is read again by {name}, and {takes}; {allowed}"
    if way := _as_data(reference.reader, variable.name):
        message += f", or hand the value over as data, such as `{way}`"
    return Misplaced("read-again", message)


def _as_data(reader: str, name: str) -> str:
    """Return how to pass a value to `reader` as data, or "" where there is no short way."""
    argument = f'"${name}"'
    ways = {
        "awk": f"awk -v value={argument} '…'",
        "jq": f"jq --arg value {argument} '…'",
        "psql": f"psql --set value={argument}",
    }
    if reader in _SHELLS:
        return f"sh -c '… \"$1\"' sh {argument}"
    if reader.startswith("python"):
        return f"{reader} -c '… sys.argv[1]' {argument}"
    return ways.get(reader, "")


@functools.lru_cache(maxsize=1024)
def special_characters(pattern: str) -> frozenset[str]:
    """Return the characters that mean something to some program, and that a value of `pattern` may contain."""
    return characters_of(pattern, _SPECIAL)
