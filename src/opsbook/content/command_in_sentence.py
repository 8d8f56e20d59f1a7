"""Find commands that open what later blocks need, and stand inside of a sentence of a step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.nouns.runbook.model import ParsedRunbook, Prose, Runbook, Step
from opsbook.problems import Problem
from opsbook.rights.options import read_options
from opsbook.shell.shell_calls import ShellCall, shell_calls
from opsbook.shell.shell_commands import words_of

_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_OPENS = words_of("run debug port-forward exec attach")
_VALUES = words_of("-n --namespace --context -c --container --image -l")
_FULL = 3
"""The operands of a command that is complete: what to do, with what, and at least one detail more."""


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each such command in a step that is followed by a block."""
    for source in content.graph.all(ParsedRunbook):
        for step in source.runbook.steps:
            for part in step.parts:
                if isinstance(part, Prose) and _is_before_a_block(source.runbook, step, part):
                    yield from _in_prose(source, part)


def _is_before_a_block(runbook: Runbook, step: Step, part: Prose) -> bool:
    return any(command.line > part.line for other, command in runbook.commands if other.number >= step.number)


def _in_prose(source: ParsedRunbook, part: Prose) -> Iterator[Problem]:
    for number, line in enumerate(part.markdown.split("\n"), start=part.line):
        for found in _CODE.finditer(line):
            if any(_opens(call) for call in shell_calls(found[1])):
                column = source.page.lines[number - 1].find(found.group()) + 1
                message = (
                    f"`{' '.join(found[1].split()[:3])} …` opens what later blocks need, and stands inside of a "
                    "sentence: it has no risk, no button and no undo; make it a block of its own, in a step"
                )
                yield Problem(source.page.path, number, max(column, 1), message)


def _opens(call: ShellCall) -> bool:
    """Return whether `call` is a whole command that leaves a shell, a way to a server or a session open."""
    line = read_options(call.words[1:], _VALUES)
    size = len(call.words)
    if call.program == "kubectl":
        return bool(_OPENS & set(line.operands[:1])) and size > _FULL
    if call.program in ("docker", "podman"):
        return line.operands[:1] in (("run",), ("exec",)) and size > _FULL
    if call.program == "ssh":
        return line.has("-L", "-D") and size > _FULL
    return call.program == "vault" and line.operands[:1] == ("login",) and size >= _FULL


CHECK = ContentCheck(
    name="command-in-sentence",
    looks_at=(
        "Each whole command in the text of a runbook's step that opens a shell, a way to a server or a session: "
        "`kubectl run`, `exec`, `debug` and `port-forward`, `docker run`, `ssh -L`, `vault login`."
    ),
    reason="What stands in a sentence is skipped by whoever copies blocks, and then no later block works.",
    find=_find,
)
