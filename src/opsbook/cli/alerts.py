"""Run `opsbook alerts`: compare alerting rules with the runbooks, and print or write the links of the alerts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click
from pydantic import TypeAdapter

from opsbook.mkdocs.sitefile import read_versions
from opsbook.nouns.alert.addresses import address_path
from opsbook.nouns.alert.alert_problems import read_folder, report_json, report_problems
from opsbook.nouns.alert.alerts import AlertReport, AlertState, report
from opsbook.nouns.alert.annotations import write_annotations
from opsbook.nouns.alert.collection import RunbookPage, foreign_pages, own_pages
from opsbook.nouns.alert.rule_nodes import Alert
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.alert.upstream import load_upstream
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.problems import Problem, Severity, counted
from opsbook.source.fields import WebAddress
from opsbook.whole import write_files


@click.command("alerts")
@click.argument("rules", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--runbooks",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("runbooks"),
    show_default=True,
    help="The folder of the runbooks: ours, or any Markdown pages.",
)
@click.option("--base", envvar="SITE_URL", help="The address below which the runbooks are; also read from SITE_URL.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--annotations", is_flag=True, help="Print the right runbook_url of each alert that has a runbook.")
@click.option("--write", is_flag=True, help="Write those annotations into the rule files, and change nothing else.")
def alerts_command(
    rules: tuple[Path, ...], runbooks: Path, base: str | None, as_json: bool, annotations: bool, write: bool
) -> None:
    """Compare the alerts in RULES with the runbooks.

    RULES are Prometheus rule files, PrometheusRule manifests, Helm templates of them, or folders of these. A folder
    may list alerts of rules that are kept elsewhere in upstream/*.yml. Exits with 1 when an alert has no runbook, a
    link leads nowhere, or a runbook is for an alert that is gone. Where mkdocs.yml of this folder says that mike
    publishes the site, a link without an alias leads nowhere.
    """
    if base and not _is_address(base):
        raise click.UsageError(f"`{base}` is no address of a site; give one such as https://ops.example.org/")
    if (annotations or write) and not base:
        raise click.UsageError("the links need the address of the site; give it with --base")
    versions = read_versions(Path())
    if base and versions and (meant := versions.missing_alias(base)):
        raise click.UsageError(
            f"mike publishes each version of this site in a folder below `{base}`;"
            f" name the alias, such as --base {meant}"
        )
    files: list[RuleFile] = []
    unreadable: list[Problem] = []
    known: frozenset[str] = frozenset()
    for path in rules:
        found, problems = read_folder(path, path.as_posix())
        files += found
        unreadable += problems
        known |= load_upstream(path, path.as_posix())
    result = report(files, _pages(runbooks), base=base, known=known, versions=versions)
    if write:
        _write(files, result)
    elif annotations:
        _print_annotations(result)
    elif as_json:
        click.echo(json.dumps(report_json(result, unreadable), indent=2, ensure_ascii=False))
    else:
        _print(result, unreadable)
    if not (write or annotations):
        sys.exit(1 if _is_bad(result, unreadable) else 0)


def _is_address(text: str) -> bool:
    """Return whether `text` is an absolute http or https address without a query, so that a path can follow it."""
    try:
        TypeAdapter(WebAddress).validate_python(text)
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0 and not (parts.query or parts.fragment)
    except ValueError:
        return False


def _pages(folder: Path) -> tuple[RunbookPage, ...]:
    sources = load_runbooks(folder, folder.as_posix()).sources
    return own_pages(sources) if sources else foreign_pages(folder, folder.as_posix())


def _is_bad(result: AlertReport, unreadable: Sequence[Problem]) -> bool:
    return bool(unreadable or result.orphans or result.having(AlertState.MISSING) or result.having(AlertState.DEAD))


def _print(result: AlertReport, unreadable: Sequence[Problem]) -> None:
    problems = sorted([*unreadable, *report_problems(result)], key=lambda problem: problem.order)
    for problem in problems:
        click.echo(str(problem), err=problem.severity is Severity.ERROR)
    elsewhere = Counter(
        address_path(judged.alert.url or "").split("/")[0] for judged in result.having(AlertState.ELSEWHERE)
    )
    for host, count in elsewhere.most_common():
        link = counted(count, "alert links", "alerts link")
        click.echo(f"{link} to {host or 'a path of their own'}, which was not looked at")
    alerts = counted(len(result.alerts), "alert")
    counts = ", ".join(f"{len(result.having(status))} {status.value}" for status in AlertState)
    click.echo(f"{alerts}: {counts}; {len(result.orphans)} orphaned, {len(unreadable)} unreadable")


def _print_annotations(result: AlertReport) -> None:
    for judged in result.alerts:
        if judged.annotation:
            alert = judged.alert
            click.echo(f"{alert.path}:{alert.span.line}: {alert.name}: runbook_url: '{judged.annotation}'")


def _write(files: Sequence[RuleFile], result: AlertReport) -> None:
    urls = {judged.alert: judged.annotation for judged in result.alerts if judged.annotation}
    changed: dict[Path, bytes] = {}
    skipped: list[Alert] = []
    for file in files:
        text, left = write_annotations(file, {alert: urls[alert] for alert in file.alerts if alert in urls})
        if text != file.text:
            changed[Path(file.path)] = text.encode()
        skipped += left
    write_files(changed)
    for path in changed:
        click.echo(f"{path.as_posix()}: written")
    for alert in skipped:
        place = f"{alert.path}:{alert.span.line}:{alert.span.column}"
        click.echo(f"{place}: not written: the annotations of `{alert.name}` are shared or on one line", err=True)
