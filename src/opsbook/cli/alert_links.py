"""Print or write the links that alerts should carry, and say of each that gets none why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from opsbook.nouns.alert.alerts import AlertReport, AlertState, AlertVerdict
from opsbook.nouns.alert.annotations import why_not_written, write_annotations
from opsbook.nouns.alert.rules import RuleFile
from opsbook.problems import Problem, Severity, counted
from opsbook.whole import write_files

NOTHING = "nothing was written"


def print_links(result: AlertReport, unreadable: Sequence[Problem]) -> bool:
    """Print the right link of each alert whose page is known. Return whether every alert has one."""
    for judged in result.alerts:
        if judged.annotation:
            alert = judged.alert
            click.echo(f"{alert.path}:{alert.span.line}: {alert.name}: runbook_url: '{judged.annotation}'")
    return _told([*unreadable, *_without_link(result)])


def write_links(files: Sequence[RuleFile], result: AlertReport, unreadable: Sequence[Problem]) -> bool:
    """Write the right links into the rule files. Return whether every alert has one now."""
    urls = {judged.alert: judged.annotation for judged in result.alerts if judged.annotation}
    changed: dict[Path, bytes] = {}
    left: list[Problem] = []
    for file in files:
        text, skipped = write_annotations(file, {alert: urls[alert] for alert in file.alerts if alert in urls})
        if text != file.text:
            changed[Path(file.path)] = text.encode()
        for alert in skipped:
            message = f"not written: {why_not_written(file, alert)}"
            left.append(Problem(alert.path, alert.span.line, alert.span.column, message))
    write_files(changed)
    for path in changed:
        click.echo(f"{path.as_posix()}: written")
    problems = [*unreadable, *left, *_without_link(result)]
    if not changed:
        right = len(urls) - len(left)
        click.echo(f"nothing was written: {counted(right, 'link is', 'links are')} right already" if right else NOTHING)
    return _told(problems)


def _without_link(result: AlertReport) -> Iterator[Problem]:
    """Yield why an alert gets no link. One that leads to another site is left alone, and no error."""
    for judged in result.alerts:
        if judged.annotation is None:
            alert = judged.alert
            severity = Severity.WARNING if judged.status is AlertState.ELSEWHERE else Severity.ERROR
            yield Problem(alert.path, alert.span.line, alert.span.column, f"no link: {_reason(judged)}", severity)


def _reason(judged: AlertVerdict) -> str:
    alert = judged.alert
    match judged.status:
        case AlertState.UNKNOWN:
            return f"the name or the link of `{alert.name}` is known only when the template is rendered"
        case AlertState.ELSEWHERE:
            return f"no runbook here is for `{alert.name}`, which keeps its link to another site"
        case AlertState.DEAD:
            return f"`{alert.url}` leads to no runbook, and none is for `{alert.name}`"
    return f"no runbook is for the alert `{alert.name}`"


def _told(problems: Sequence[Problem]) -> bool:
    for problem in sorted(problems, key=lambda problem: problem.order):
        click.echo(str(problem), err=True)
    return all(problem.severity is Severity.WARNING for problem in problems)
