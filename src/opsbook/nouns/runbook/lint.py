"""Check runbooks against the rules, and drop the findings that a waiver accepts.

An error means that somebody would be stuck or misled; a warning, that somebody should look again. Dates are judged
by the day that the caller passes. The findings of the shell's own parser come from the caller, where it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from opsbook.nouns.runbook.draft import draft_notes, ready_note
from opsbook.nouns.runbook.due import ended_waiver, overdue_review
from opsbook.nouns.runbook.findings import Finding, finding
from opsbook.nouns.runbook.lint_steps import lint_links, lint_promql, lint_step
from opsbook.nouns.runbook.lint_text import lint_snippets, lint_text
from opsbook.nouns.runbook.lint_unwritten import lint_unwritten
from opsbook.nouns.runbook.lint_variables import lint_declarations, lint_variables
from opsbook.nouns.runbook.model import LintWaiver, ParsedRunbook
from opsbook.problems import Problem, Severity, did_you_mean
from opsbook.source.guard import reading

RULES: Mapping[str, str] = {
    "assigned": "a block does not assign a variable that is filled in from outside",
    "backquotes": "a variable that is filled in does not stand between backquotes, but in `$( )`",
    "character": "no non-breaking space, smart quote, long dash or other odd character in a command",
    "command-name": "a variable that is filled in does not say which command is run",
    "computed": "a variable that is filled in is written `$NAME` or `${NAME}`, and the shell does not compute with it",
    "dead-link": "a link to a step or a runbook leads somewhere",
    "duplicate": "a variable is declared once, and a label fills one variable",
    "empty": "a command is not empty",
    "placeholder": "no `<placeholder>` in a command; a variable is declared instead",
    "promql": "a PromQL command parses",
    "prompt": "no prompt before a command",
    "read-again": "a variable whose text another program reads again takes no special characters",
    "review": "the runbook is read again before its review is due",
    "risky-verify": "what verifies a change only reads",
    "single-quoted": "no variable stands in single quotes, where the shell leaves it as it is",
    "snippet": "no block names a snippet; its text is written out",
    "step-number": "a link that says a number leads to the step of that number",
    "tab": "no tab in a command",
    "trailing-space": "no blank at the end of a line of a command",
    "undeclared": "a variable is declared, or assigned in the block that uses it",
    "undo": "a step that changes something says how to take it back",
    "unquoted": "a variable stands in double quotes",
    "unused-variable": "a declared variable is used by a command",
    "unwritten": "a section or a step says more than `TODO`",
    "verify": "a step that changes something says how to see that it worked",
    "what-next": "a step says what one should see or where to go next",
}
"""What each rule demands. The rules of the shell's parser are `shell`, and `SC` with four digits."""

HELD_BY_DRAFTS = frozenset(
    {"assigned", "backquotes", "command-name", "computed", "dead-link", "read-again", "single-quoted", "unquoted"}
)
"""The rules that a draft must keep too: a value from the address of a page never becomes a command, and a strict build
takes no link that leads nowhere."""


def lint_runbooks(
    sources: Sequence[ParsedRunbook], *, today: date | None = None, by_shell: Iterable[Finding] | None = None
) -> tuple[Problem, ...]:
    """Return every problem of `sources`, sorted.

    Without `today` no date is judged; `by_shell` is what the shell's parser found.
    """
    anchors = {source.page.path: source.anchors for source in sources}
    said: dict[str, list[Finding]] = {}
    for found in by_shell or ():
        said.setdefault(found.problem.path, []).append(found)
    problems: list[Problem] = []
    for source in sources:
        with reading(source.page.path, problems):
            findings = list(_findings(source, anchors, today))
            findings += _shell_findings(findings, said.get(source.page.path, ()))
            if source.runbook.is_draft:
                problems += _of_draft(source, findings, today, by_shell is not None)
                continue
            problems += _waive(source, findings, today, by_shell is not None)
    return tuple(sorted(problems, key=lambda problem: problem.order))


def _of_draft(source: ParsedRunbook, findings: list[Finding], today: date | None, shell: bool) -> list[Problem]:
    """Return what is wrong with a draft: an error where a value could become a command, else a note of what it lacks.

    A draft that lacks nothing has one note, which says so.
    """
    noted = [each if each.rule in HELD_BY_DRAFTS else _as_note(each) for each in findings]
    found = [*draft_notes(source), *_waive(source, noted, today, shell)]
    return found or [ready_note(source)]


def _as_note(found: Finding) -> Finding:
    return replace(found, problem=replace(found.problem, severity=Severity.NOTE))


def _shell_findings(findings: Sequence[Finding], by_shell: Iterable[Finding]) -> list[Finding]:
    """Return the findings of the shell's parser that ours do not cover."""
    unreadable = {found.command for found in findings if found.rule in ("character", "placeholder", "prompt")}
    unquoted = {found.command for found in findings if found.rule == "unquoted"}
    return [
        found
        for found in by_shell
        if found.command not in unreadable and not (found.rule == "SC2086" and found.command in unquoted)
    ]


def _findings(source: ParsedRunbook, anchors: Mapping[str, frozenset[str]], today: date | None) -> Iterator[Finding]:
    yield from lint_declarations(source)
    yield from _lint_dates(source, today)
    yield from lint_links(source, anchors)
    yield from lint_snippets(source)
    yield from lint_unwritten(source)
    for step in source.runbook.steps:
        yield from lint_step(source, step)
    for step, command in source.runbook.commands:
        yield from lint_text(source, step, command)
        yield from lint_variables(source, step, command)
        yield from lint_promql(source, step, command)


def _lint_dates(source: ParsedRunbook, today: date | None) -> Iterator[Finding]:
    front, runbook = source.page.front, source.runbook
    if today is None or front is None:
        return
    for key, day in (("reviewed", runbook.reviewed), ("exercised", runbook.exercised)):
        if day and day > today:
            at = front.position((key,))
            yield finding(source, "review", None, (at.line, at.column), f"{day} lies in the future")
    yield from overdue_review(source, today)


def _waive(source: ParsedRunbook, findings: list[Finding], today: date | None, shell: bool) -> Iterator[Problem]:
    """Yield the problems that no waiver accepts, and those of the waivers themselves."""
    accepted: set[Finding] = set()
    for index, waiver in enumerate(source.runbook.waivers):
        answered = {found for found in findings if _answers(waiver, found)}
        yield from _waiver_problems(source, index, bool(answered), today, shell)
        if today is None or waiver.until >= today:
            accepted |= answered
    yield from (found.problem for found in findings if found not in accepted)


def _answers(waiver: LintWaiver, found: Finding) -> bool:
    return waiver.rule == found.rule and waiver.step in (None, found.step)


def _waiver_problems(
    source: ParsedRunbook, index: int, used: bool, today: date | None, shell: bool
) -> Iterator[Problem]:
    waiver, front = source.runbook.waivers[index], source.page.front
    if front is None:
        return
    is_of_shell = waiver.rule == "shell" or waiver.rule.startswith("SC")
    if not is_of_shell and waiver.rule not in RULES:
        nearest = did_you_mean(waiver.rule, RULES)
        yield front.problem(("waivers", index, "rule"), f"no rule is called `{waiver.rule}`; {nearest}")
    elif waiver.step and waiver.step not in source.anchors:
        nearest = did_you_mean(waiver.step, source.anchors)
        yield front.problem(("waivers", index, "step"), f"no step has the anchor `{waiver.step}`; {nearest}")
    elif not used and (shell or not is_of_shell):
        message = "this waiver matches no finding; remove it"
        yield replace(front.problem(("waivers", index), message), severity=Severity.WARNING)
    elif today:
        yield from ended_waiver(source, index, today)
