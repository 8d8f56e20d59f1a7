"""Check the text of a command for whatever breaks when it is pasted: prompts, placeholders, odd characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from opsbook.nouns.runbook.findings import Finding, finding, place_in
from opsbook.nouns.runbook.model import Command, Language, ParsedRunbook, Step
from opsbook.shell.shell import scan_shell

_PROMPT = re.compile(
    r"^[ \t]*(?P<prompt>[$%>] |\$(?=\t)|[\w.-]++@[\w.-][:~/\w .-]*+[$#%] |\[[^\]\n]*\][$#] |PS [A-Z]:[^>\n]*> )",
    re.MULTILINE,
)
_ANGLES = re.compile(r"<(?P<inside>[A-Za-z](?:[\w .:/-]*[\w.])?)>")
_SHOUTED = re.compile(r"\b(?:YOUR|MY|REPLACE|CHANGE)[-_][A-Z]+(?:[-_][A-Z]+)*[-_]?\b|\bCHANGEME\b|\bXXX+\b")
_TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_SNIPPET = re.compile(r"^[ \t]*(?P<mark>-+8<-+)(?=[ \t\"']|$)", re.MULTILINE)
_NAMES = {"\u2018": "a smart quote", "\u2019": "a smart quote", "\u201c": "a smart quote", "\u201d": "a smart quote"}
_ODD = re.compile(r"[\u00a0\u00ad\u2000-\u2015\u2018-\u201f\u2026\u2028\u2029\u202f\u205f\u2060\u2212\u3000]")


def lint_text(source: ParsedRunbook, step: Step, command: Command) -> Iterator[Finding]:
    """Yield what is wrong with the characters of `command`, whatever they mean."""
    code = command.code
    if not code.strip():
        yield finding(source, "empty", step, (command.line, 1), "this command is empty", command=command)
    for match in _PROMPT.finditer(code) if command.language is Language.BASH else ():
        message = f"`{match['prompt'].strip()}` is a prompt; write the command without it"
        yield finding(source, "prompt", step, place_in(command, match.start("prompt")), message, command=command)
    yield from _placeholders(source, step, command)
    for match in re.finditer("\t", code):
        message = "a tab; a terminal completes words on it, so write spaces"
        yield finding(source, "tab", step, place_in(command, match.start()), message, command=command)
    for match in _TRAILING.finditer(code):
        message = "blanks at the end of the line; remove them"
        yield finding(source, "trailing-space", step, place_in(command, match.start()), message, command=command)
    for match in _ODD.finditer(code):
        kind = _NAMES.get(match.group(), unicodedata.name(match.group(), "a control character").lower())
        message = f"{kind} (U+{ord(match.group()):04X}) in a command; write the plain character"
        yield finding(source, "character", step, place_in(command, match.start()), message, command=command)


def lint_snippets(source: ParsedRunbook) -> Iterator[Finding]:
    """Yield a finding for each mark of a snippet in a block, which shows its text as it is written."""
    for fence in source.page.fences:
        for match in _SNIPPET.finditer(fence.content):
            line = fence.content_line + fence.content.count("\n", 0, match.start("mark"))
            column = (
                match.start("mark") - (fence.content.rfind("\n", 0, match.start("mark")) + 1) + len(fence.indent) + 1
            )
            step = next((step for step in reversed(source.runbook.steps) if step.line <= line), None)
            message = f"`{match['mark']}` puts no file into a block of a runbook; write its text here"
            yield finding(source, "snippet", step, (line, column), message)


def _placeholders(source: ParsedRunbook, step: Step, command: Command) -> Iterator[Finding]:
    code = command.code
    quoted = scan_shell(code).single_quoted if command.language is Language.BASH else ()
    for pattern in (_ANGLES, _SHOUTED):
        for match in pattern.finditer(code):
            # A text in single quotes is a pattern, or a program in another language: `'s/<b>//'`.
            inside = next((span for span in quoted if span[0] <= match.start() < span[1]), None)
            if inside not in (None, (match.start() - 1, match.end() + 1)):
                continue
            name = re.sub(r"\W+", "_", match.group().strip("<>")).upper()
            use = f'"${name}"'
            message = f"`{match.group()}` is a placeholder; declare a variable and write `{use}`"
            yield finding(source, "placeholder", step, place_in(command, match.start()), message, command=command)
