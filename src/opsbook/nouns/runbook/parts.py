"""Parse the lines of one step into prose, commands and outputs, in order, and report what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from opsbook.nouns.runbook.model import Command, Language, Output, Part, Prose, Risk, Role
from opsbook.problems import Problem, did_you_mean
from opsbook.shell.promql import promql_uses
from opsbook.shell.quoting import Use
from opsbook.shell.shell import scan_shell
from opsbook.source.comments import without_notes
from opsbook.source.fences import Fence
from opsbook.source.markdown import Markdown

LONGEST_COMMAND = 10_000
"""The most characters of a command. Its variables are searched for at each position, which takes quadratic time."""

_LABEL = re.compile(r"^\*\*(?P<role>Verify|Undo):\*\*[ \t]*")
_ALTERNATIVES = ", or give each of several ways a step of its own, such as `- on EKS → [step 3](#on-eks)`"
_OTHER_NAMES = frozenset({"sh", "shell", "zsh", "console", "shell-session", "terminal"})


@dataclass(frozen=True)
class _Block:
    """A stretch of a step: a fence that is a part of its own, or the prose between two of them."""

    role: Role
    first: int
    last: int
    fence: Fence | None


def parse_parts(
    page: Markdown, first: int, last: int, names: frozenset[str]
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """Return the parts in the lines `first` to `last` of `page`, and every problem.

    `names` are the names of the declared variables.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for block in _blocks(page, first, last):
        if block.fence is None:
            prose = without_notes("\n".join(page.lines[block.first - 1 : block.last]))
            text = _LABEL.sub("", prose.strip("\n"), count=1).strip("\n")
            if text.strip():
                parts.append(Prose(block.role, text, block.first + _blank_lines(prose)))
        elif block.fence.language == "output":
            if not _attach(page, block.fence, parts, problems):
                parts.append(_shown(page, block.role, block.fence))
        else:
            command = _command(page, block, names, problems)
            parts.append(command or _shown(page, block.role, block.fence))
    problems += _indented(page, first, last)
    return tuple(parts), tuple(problems)


def _blocks(page: Markdown, first: int, last: int) -> Iterator[_Block]:
    fences = {fence.line: fence for fence in page.fences if first <= fence.line <= last and _is_part(fence)}
    role = Role.DO
    start = at = first
    while at <= last:
        fence = fences.get(at)
        label = _LABEL.match(page.lines[at - 1]) if at not in page.hidden else None
        if fence or label:
            if at > start:
                yield _Block(role, start, at - 1, None)
            role = Role(label["role"].lower()) if label else role
            start = at
        if fence:
            yield _Block(role, at, fence.end_line, fence)
            start = fence.end_line + 1
        at = max(at + 1, start)
    if start <= last:
        yield _Block(role, start, last, None)


def _is_part(fence: Fence) -> bool:
    """Return whether `fence` is a command or an output.

    A block in another language, or inside a list, is an illustration and stays in the prose.
    """
    return not fence.indent and (fence.language in ("bash", "promql", "output") or _is_misnamed(fence))


def _is_misnamed(fence: Fence) -> bool:
    return not fence.language or fence.language in _OTHER_NAMES


def _blank_lines(text: str) -> int:
    """Return how many lines stand before the first with text."""
    return next(number for number, line in enumerate(text.split("\n")) if line.strip())


def _shown(page: Markdown, role: Role, fence: Fence) -> Prose:
    """Return a block that is neither a command nor an output of one as prose, which the page of a draft shows."""
    return Prose(role, page.text(fence.line, fence.end_line), fence.line)


def _attach(page: Markdown, fence: Fence, parts: list[Part], problems: list[Problem]) -> bool:
    """Add an output to the command before it, or a problem where there is none; return whether it found its place."""
    before = parts[-1] if parts else None
    for word in (*fence.classes, *fence.attributes):
        message = f"an `output` block takes nothing else, and `{word}` would not be shown; write `output` alone"
        problems.append(page.problem(fence.line, fence.column, message))
    if isinstance(before, Command) and before.output is None:
        parts[-1] = replace(before, output=Output(fence.content, fence.line))
        return True
    message = "an `output` block stands directly after the command that prints it, one a command"
    problems.append(page.problem(fence.line, fence.column, message))
    return False


def _command(page: Markdown, block: _Block, names: frozenset[str], problems: list[Problem]) -> Command | None:
    fence = block.fence
    if fence is None:
        return None
    if _is_misnamed(fence):
        message = (
            "this block does not say what it is; write `bash`, `promql`, `output` or what it shows, such as `yaml`"
        )
        if fence.language:
            message = f"a command is a `bash` block; write `bash` instead of `{fence.language}`"
        problems.append(page.problem(fence.line, fence.column, message))
        return None
    if len(fence.content) > LONGEST_COMMAND:
        message = f"a command of more than {LONGEST_COMMAND} characters; make a script of it that the command calls"
        problems.append(page.problem(fence.line, fence.column, message))
        return None
    language = Language(fence.language)
    risk = _risk(page, fence, language, problems)
    uses = _bash_uses(fence.content, names) if language is Language.BASH else promql_uses(fence.content, names)
    return Command(block.role, language, risk, fence.content, fence.line, None, uses)


def _risk(page: Markdown, fence: Fence, language: Language, problems: list[Problem]) -> Risk:
    allowed = [risk.value for risk in Risk]
    words = (*fence.classes, *fence.attributes)
    if language is Language.PROMQL:
        if words not in ((), ("read",)):
            problems.append(page.problem(fence.line, fence.column, "a `promql` block only reads; write `promql` alone"))
        return Risk.READ
    if len(fence.classes) == 1 and fence.classes[0] in allowed and not fence.attributes:
        return Risk(fence.classes[0])
    if not words:
        message = "a command says its risk; write `bash {.read}`, `bash {.change}` or `bash {.destroy}`"
    elif len(words) == 1 and words[0] in allowed:
        message = f"the risk is a class; write `bash {{.{words[0]}}}`"
    else:
        wrong = next((word for word in words if word not in allowed), words[-1])
        message = f"`{wrong}` is not a risk; {did_you_mean(wrong, allowed)}"
    problems.append(page.problem(fence.line, fence.column, message))
    return Risk.READ


def _bash_uses(code: str, names: frozenset[str]) -> tuple[Use, ...]:
    """Return the uses in their order.

    One inside another, as in `${A:-$B}`, is left out: no value fits the outer one.
    """
    uses: list[Use] = []
    for reference in sorted(scan_shell(code).references, key=lambda reference: reference.start):
        if reference.name in names and (not uses or reference.start >= uses[-1].end):
            uses.append(Use(reference.name, reference.start, reference.end, reference.writing))
    return tuple(uses)


def _indented(page: Markdown, first: int, last: int) -> Iterator[Problem]:
    for fence in page.fences:
        if first <= fence.line <= last and fence.indent and fence.language in ("bash", "promql", "output"):
            message = f"an indented `{fence.language}` block; start it at the beginning of the line{_ALTERNATIVES}"
            yield page.problem(fence.line, fence.column, message)
