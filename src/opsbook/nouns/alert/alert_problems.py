"""Turn the report on alerts into problems with positions, or into a tree for JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from opsbook.nouns.alert.alerts import AlertReport, AlertState, AlertVerdict, report
from opsbook.nouns.alert.collection import own_pages
from opsbook.nouns.alert.rules import RuleFile, read_rules, rule_paths
from opsbook.nouns.alert.upstream import FOLDER, load_upstream
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.source.files import is_folder
from opsbook.source.guard import reading

JsonTree = dict[str, object]


def read_folder(folder: Path, name: str) -> tuple[tuple[RuleFile, ...], tuple[Problem, ...]]:
    """Return the files with alerts below `folder`, or `folder` itself where it is a file, and every problem.

    Messages call it `name`.
    """
    files: list[RuleFile] = []
    problems: list[Problem] = []
    for file in rule_paths(folder):
        path = name if file == folder else f"{name.rstrip('/')}/{file.relative_to(folder).as_posix()}"
        with reading(path, problems):
            read = read_rules(file, path)
            if read.alerts:
                files.append(read)
    return tuple(files), tuple(problems)


def lint_rules(
    files: Sequence[RuleFile], rules: Path, name: str, sources: Sequence[ParsedRunbook]
) -> tuple[Problem, ...]:
    """Return what is wrong between `files`, the rules of this repository below the folder `rules`, and its runbooks.

    Alerts that come with other rule sets are known by the lists in the folder `upstream`. Without such a list, a
    runbook may name any alert.
    """
    if not is_folder(rules):
        return ()
    try:
        known = load_upstream(rules, name)
    except ProblemsError as error:
        return error.problems
    found = report(files, own_pages(sources), known=known)
    orphans = found.orphans if is_folder(rules / FOLDER) else ()
    return tuple(report_problems(AlertReport(found.alerts, orphans)))


def report_problems(found: AlertReport) -> Iterator[Problem]:
    """Yield the report as problems. One is only a warning where a runbook exists, or may exist on another site."""
    named: set[str] = set()
    for judged in found.alerts:
        alert = judged.alert
        if judged.status is AlertState.MISSING and alert.name not in named:
            named.add(alert.name)
            message = f"no runbook is for the alert `{alert.name}`; name it under `alerts` of one, or link to one"
            yield Problem(alert.path, alert.span.line, alert.span.column, message)
        elif judged.status is AlertState.DEAD and alert.url_span:
            message = f"`{alert.url}` leads to no runbook{_alias(found, judged)}{_instead(judged)}"
            yield Problem(alert.path, alert.url_span.line, alert.url_span.column, message)
        elif judged.status is AlertState.UNLINKED and judged.runbook:
            at = alert.url_span or alert.span
            what = "does not link to its runbook" if alert.url is None else "links elsewhere, and has a runbook here"
            message = f"`{alert.name}` {what}, {judged.runbook.path}{_instead(judged)}"
            yield Problem(alert.path, at.line, at.column, message, Severity.WARNING)
        elif judged.status is AlertState.ELSEWHERE and alert.name not in named:
            named.add(alert.name)
            at = alert.url_span or alert.span
            message = f"no runbook here is for `{alert.name}`; its link leads to another site, which is not looked at"
            yield Problem(alert.path, at.line, at.column, message, Severity.WARNING)
    for orphan in found.orphans:
        message = f"no rule has the alert `{orphan.alert.name}` any more"
        yield Problem(orphan.runbook.path, orphan.alert.line, orphan.alert.column, message)


def report_json(found: AlertReport, unreadable: Collection[Problem]) -> JsonTree:
    """Return the report for other programs. Every list is in the order of the files."""
    return {
        "summary": {
            **{status.value: len(found.having(status)) for status in AlertState},
            "alerts": len(found.alerts),
            "orphaned": len(found.orphans),
            "unreadable": len(unreadable),
        },
        "alerts": [_alert_json(judged) for judged in found.alerts],
        "orphaned": [
            {"name": o.alert.name, "path": o.runbook.path, "line": o.alert.line, "column": o.alert.column}
            for o in found.orphans
        ],
        "unreadable": [{"path": p.path, "line": p.line, "column": p.column, "message": p.message} for p in unreadable],
    }


def _alert_json(judged: AlertVerdict) -> JsonTree:
    alert = judged.alert
    return {
        "name": alert.name,
        "severity": alert.severity,
        "status": judged.status.value,
        "path": alert.path,
        "line": alert.span.line,
        "column": alert.span.column,
        "runbook_url": alert.url,
        "runbook_url_line": alert.url_span.line if alert.url_span else None,
        "runbook_url_column": alert.url_span.column if alert.url_span else None,
        "runbook": judged.runbook.path if judged.runbook else None,
        "annotation": judged.annotation,
    }


def _alias(found: AlertReport, judged: AlertVerdict) -> str:
    versions = found.versions
    if not versions or not versions.lacks_alias(judged.alert.url or ""):
        return ""
    return f", since mike publishes each version below an alias, such as `{versions.root}/{versions.alias}/`"


def _instead(judged: AlertVerdict) -> str:
    return f"; the right link is `{judged.annotation}`" if judged.annotation else ""
