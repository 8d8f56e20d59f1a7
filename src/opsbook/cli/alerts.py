"""Run `opsbook alerts`: compare alerting rules with the runbooks, and print or write the links of the alerts."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click
from pydantic import TypeAdapter

from opsbook.cli.alert_input import AuditInput, read_input
from opsbook.cli.alert_links import print_links, write_links
from opsbook.cli.findings import Findings
from opsbook.cli.report_options import ReportOptions, report_options
from opsbook.mkdocs.sitefile import read_versions
from opsbook.nouns.alert.alert_problems import report_json, report_notes, report_problems
from opsbook.nouns.alert.alerts import AlertReport, AlertState, report
from opsbook.nouns.alert.misplaced import misplaced_option
from opsbook.problems import Severity, counted
from opsbook.source.fields import WebAddress
from opsbook.source.sitefile import VersionedSite


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
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out alerts of this name, or files or folders of this path, such as `Watchdog` or `rules/tests`;"
    " `*` stands for any letters. May be given again.",
)
@click.option("--no-orphans", is_flag=True, help="Say nothing of runbooks whose alert no rule has.")
@report_options
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON: the state of every alert.")
@click.option("--annotations", is_flag=True, help="Print the right runbook_url of each alert that has a runbook.")
@click.option("--write", is_flag=True, help="Write those annotations into the rule files, and change nothing else.")
@click.option("--force", is_flag=True, help="Take --base and --runbooks as they are, though they seem a level off.")
def alerts_command(
    rules: tuple[Path, ...],
    runbooks: Path,
    base: str | None,
    exclude: tuple[str, ...],
    no_orphans: bool,
    reporting: ReportOptions,
    as_json: bool,
    annotations: bool,
    write: bool,
    force: bool,
) -> None:
    """Compare the alerts in RULES with the runbooks.

    RULES are rule files of Prometheus, Loki, Mimir or Thanos, PrometheusRule and VMRule manifests, alert rules of
    Grafana, ConfigMaps and Helm templates of these, or folders. A folder may list alerts of rules that are kept
    elsewhere in upstream/*.yml. Exits with 1 when an alert has no runbook, a link leads nowhere, a runbook is for an
    alert that is gone, or no alert was found. With --annotations and --write it exits with 1 when an alert gets no
    link. Where mkdocs.yml of this folder says that mike publishes the site, a link without an alias leads nowhere.
    """
    asked = {"--json": as_json, "--annotations": annotations, "--write": write, "--format": not reporting.is_text}
    _judge_options(asked, reporting)
    versions = read_versions(Path())
    _judge_base(base, versions, is_needed=annotations or write)
    given = read_input(rules, runbooks, exclude)
    result = _compared(given, base, versions, no_orphans=no_orphans)
    meant = None if force else misplaced_option(result, given.pages, base=base, folder=runbooks)
    if meant and (write or annotations):
        raise click.ClickException(f"no link is printed or written: {meant}; --force takes it as it is")
    if write or annotations:
        is_good = write_links(given.files, result, given.problems) if write else print_links(result, given.problems)
        sys.exit(0 if is_good else 1)
    if meant:  # The links that would follow from the option are no help then.
        result = replace(result, alerts=tuple(replace(judged, annotation=None) for judged in result.alerts))
    findings = reporting.new(_findings(given, result, meant))
    if as_json:
        _print_states(given, result, findings)
    elif reporting.is_text:
        _print(findings)
    else:
        reporting.print(findings)
    sys.exit(int(findings.has_errors))


def _judge_options(asked: dict[str, bool], reporting: ReportOptions) -> None:
    """Raise UsageError for options that do not go together."""
    together = [option for option, is_asked in asked.items() if is_asked]
    if len(together) > 1:
        raise click.UsageError(f"{' and '.join(together)} do not go together; give one of them")
    if reporting.baseline and together and together != ["--format"]:
        raise click.UsageError(f"--baseline is for problems, and {together[0]} prints something else")


def _judge_base(base: str | None, versions: VersionedSite | None, *, is_needed: bool) -> None:
    """Raise UsageError for an address that cannot be that of the site, or that is needed and missing."""
    if base and not _is_address(base):
        raise click.UsageError(f"`{base}` is no address of a site; give one such as https://ops.example.org/")
    if is_needed and not base:
        raise click.UsageError("the links need the address of the site; give it with --base")
    if base and versions and (meant := versions.missing_alias(base)):
        raise click.UsageError(
            f"mike publishes each version of this site in a folder below `{base}`;"
            f" name the alias, such as --base {meant}"
        )


def _is_address(text: str) -> bool:
    """Return whether `text` is an absolute http or https address without a query, so that a path can follow it."""
    try:
        TypeAdapter(WebAddress).validate_python(text)
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0 and not (parts.query or parts.fragment)
    except ValueError:
        return False


def _compared(given: AuditInput, base: str | None, versions: VersionedSite | None, *, no_orphans: bool) -> AlertReport:
    """Return the state of every alert, and the runbooks of none, where rules were read and they are asked for."""
    result = report(given.files, given.pages, base=base, known=given.known, versions=versions)
    if no_orphans or not (given.known or result.alerts):
        return replace(result, orphans=(), unsure=0)
    return result


def _findings(given: AuditInput, result: AlertReport, meant: str | None) -> Findings:
    """Return the report as problems, with what could not be judged and what the options may be meant to be."""
    problems = sorted([*given.problems, *report_problems(result)], key=lambda problem: problem.order)
    notes = (*given.notes, *report_notes(result), *([meant] if meant else []))
    states = ", ".join(f"{len(result.having(status))} {status.value}" for status in AlertState)
    unreadable = sum(problem.rule != "no-alerts" for problem in given.errors)
    counts = (
        f"{counted(len(result.alerts), 'alert')}: {states}; {len(result.orphans)} orphaned, {unreadable} unreadable"
    )
    return Findings(tuple(problems), counts, notes)


def _print_states(given: AuditInput, result: AlertReport, findings: Findings) -> None:
    """Print the state of every alert as JSON."""
    notes = (*map(str, given.warnings), *findings.notes)
    click.echo(json.dumps(report_json(result, given.errors, notes), indent=2, ensure_ascii=False))


def _print(findings: Findings) -> None:
    for problem in findings.problems:
        click.echo(str(problem), err=problem.severity is Severity.ERROR)
    for note in findings.notes:
        click.echo(note)
    click.echo(findings.counts)
