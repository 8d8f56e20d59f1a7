"""Turn the report on alerts into problems with positions, or into a tree for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from opsbook.nouns.alert.addresses import address_path
from opsbook.nouns.alert.alerts import AlertReport, AlertState, AlertVerdict, report
from opsbook.nouns.alert.charts import ChartValues
from opsbook.nouns.alert.collection import own_pages
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rules import RuleFile, read_rules, rule_paths
from opsbook.nouns.alert.upstream import FOLDER, load_upstream
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.problems import Problem, ProblemsError, Severity, counted
from opsbook.source.files import is_folder
from opsbook.source.guard import reading

JsonTree = dict[str, object]


def read_folder(folder: Path, name: str) -> tuple[tuple[RuleFile, ...], tuple[Problem, ...]]:
    """Return the files with alerts below `folder`, or `folder` itself where it is a file, and every problem.

    Messages call it `name`.
    """
    files: list[RuleFile] = []
    problems: list[Problem] = []
    charts = ChartValues()
    for file in rule_paths(folder):
        path = name if file == folder else Path(name, file.relative_to(folder)).as_posix()
        with reading(path, problems):
            read = read_rules(file, path, charts)
            problems += read.problems
            if read.alerts:
                files.append(read)
    return tuple(files), (*problems, *charts.problems)


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
    yield from (problem for _, problem in wrong_alerts(found))
    for orphan in found.orphans:
        message = f"no rule has the alert `{orphan.alert.name}` any more"
        yield Problem(orphan.runbook.path, orphan.alert.line, orphan.alert.column, message, rule="orphaned-runbook")


def wrong_alerts(found: AlertReport) -> Iterator[tuple[AlertVerdict, Problem]]:
    """Yield each alert that does not lead to a runbook, with the problem; one of a name where several lack the same."""
    named: set[str] = set()
    for judged in found.alerts:
        if judged.status in (AlertState.MISSING, AlertState.ELSEWHERE) and not has_action(judged.alert.name):
            if judged.alert.name in named:
                continue
            named.add(judged.alert.name)
        if problem := _alert_problem(found, judged):
            yield judged, problem


def _alert_problem(found: AlertReport, judged: AlertVerdict) -> Problem | None:
    """Return what is wrong with one alert; None where nothing is, or where it is not known."""
    alert, at = judged.alert, judged.alert.url_span or judged.alert.span
    severity = Severity.ERROR
    match judged.status:
        case AlertState.MISSING:
            at = alert.span
            message = f"no runbook is for the alert `{alert.name}`; name it under `alerts` of one, or link to one"
        case AlertState.DEAD:
            message = f"`{alert.url}` leads to no runbook{_alias(found, judged)}{_instead(judged)}"
        case AlertState.UNLINKED if judged.runbook:
            severity = Severity.WARNING
            what = "does not link to its runbook" if alert.url is None else "links elsewhere, and has a runbook here"
            message = f"`{alert.name}` {what}, {judged.runbook.path}{_instead(judged)}"
        case AlertState.ELSEWHERE:
            severity = Severity.WARNING
            whose = f"the link of `{alert.name}`" if has_action(alert.name) else "its link"
            none = "" if has_action(alert.name) else f"no runbook here is for `{alert.name}`; "
            message = f"{none}{whose} leads to another site, which is not looked at"
        case _:
            return None
    return Problem(alert.path, at.line, at.column, message, severity, rule=_RULES[judged.status])


_RULES = {
    AlertState.MISSING: "missing-runbook",
    AlertState.DEAD: "dead-link",
    AlertState.UNLINKED: "unlinked-alert",
    AlertState.ELSEWHERE: "link-elsewhere",
}


def report_notes(found: AlertReport) -> Iterator[str]:
    """Yield what could not be judged, and why: each reason once."""
    elsewhere = Counter(
        address_path(judged.alert.url or "").split("/")[0] for judged in found.having(AlertState.ELSEWHERE)
    )
    for host, count in elsewhere.most_common():
        link = counted(count, "alert links", "alerts link")
        yield f"{link} to {host or 'a path of their own'}, which was not looked at"
    if unknown := found.having(AlertState.UNKNOWN):
        first = unknown[0].alert
        yield (
            f"{counted(len(unknown), 'alert was', 'alerts were')} not judged, since the name or the link is known only"
            f" when the template is rendered: `{first.name}` in {first.path}:{first.span.line}, for example"
        )
    if found.unsure:
        first = next(judged.alert for judged in found.alerts if has_action(judged.alert.name))
        yield (
            f"{counted(found.unsure, 'runbook is', 'runbooks are')} not called orphaned, since names of alerts such as"
            f" `{first.name}` in {first.path}:{first.span.line} are known only when the template is rendered"
        )


def report_json(found: AlertReport, unreadable: Collection[Problem], notes: Sequence[str] = ()) -> JsonTree:
    """Return the report for other programs. Every list is in the order of the files."""
    return {
        "summary": {
            **{status.value: len(found.having(status)) for status in AlertState},
            "alerts": len(found.alerts),
            "orphaned": len(found.orphans),
            "unreadable": len(unreadable),
        },
        "notes": list(notes),
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
