"""Run `opsbook check`: read everything that is written by hand and print every problem, without building the site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opsbook.cli.checking import check_blocks, check_meaning, check_site
from opsbook.cli.drafts import with_drafts
from opsbook.cli.findings import Findings
from opsbook.cli.formats import from_here
from opsbook.cli.place import root_folder, site_options
from opsbook.cli.report_options import ReportOptions, report_options
from opsbook.mkdocs.sitefile import pages_folder_of, read_site_file
from opsbook.problems import ProblemsError, Severity
from opsbook.source.sitefile import SiteFile


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@site_options
@click.option("--snippets", is_flag=True, help="Check the fenced blocks of the pages instead, or those of PATHS.")
@click.option("--content", is_flag=True, help="Check what the pages, runbooks and rules say instead.")
@click.option("--drafts", is_flag=True, help="List what each draft of a runbook lacks; it fails nothing.")
@click.option("--strict", is_flag=True, help="Count warnings as errors, as a strict build does.")
@report_options
def check_command(
    paths: tuple[Path, ...],
    root: Path | None,
    config_file: Path | None,
    docs: str | None,
    snippets: bool,
    content: bool,
    drafts: bool,
    strict: bool,
    reporting: ReportOptions,
) -> None:
    """Check the checklist, the guides, the runbooks and all that they name, whether a date has passed
    (by SOURCE_DATE_EPOCH where it is set), whether anything that is published looks like a secret, and whatever else a
    strict build refuses: links, nav, settings and calls of macros. Exits with 0 where no error is found, with 1 where
    there are errors, and with 2 for a wrong command line.

    With --snippets, run the tool of each language over the fenced blocks. PATHS are Markdown files and folders.

    With --content, hold what queries, rules and commands say to what they do; each finding can be waived at its place.
    """
    root = root_folder(root, config_file)
    if paths and not snippets:
        raise click.UsageError("PATHS are for --snippets; without it everything is checked")
    if snippets and content:
        raise click.UsageError("--snippets and --content are two checks; run one after the other")
    findings = reporting.new(_found(root, config_file, docs, paths, snippets=snippets, content=content))
    findings = findings.strictly() if strict else findings
    findings = with_drafts(findings, in_full=drafts)
    if reporting.is_text:
        _print(findings)
        return
    reporting.print(from_here(findings, root))
    sys.exit(findings.has_errors)


def _found(
    root: Path,
    config_file: Path | None,
    docs: str | None,
    paths: tuple[Path, ...],
    *,
    snippets: bool,
    content: bool,
) -> Findings:
    if snippets and paths:
        return check_blocks(root, SiteFile(docs=root / docs if docs else pages_folder_of(root)), paths)
    try:
        site = read_site_file(root, root / docs if docs else None, config_file)
    except ProblemsError as error:
        return Findings(error.problems)
    if content:
        return check_meaning(root, site)
    return check_blocks(root, site, paths) if snippets else check_site(root, site)


def _print(findings: Findings) -> None:
    for name, reason in findings.reasons.items():
        click.echo(f"{name}: {reason}", err=True)
    if findings.has_errors:
        raise ProblemsError(findings.problems)
    for warning in findings.problems:
        click.echo(str(warning), err=True)
    has_warnings = any(each.severity is not Severity.NOTE for each in findings.problems)
    said = "no error found" if has_warnings else f"no {findings.kind} found"
    click.echo(f"{findings.counts}: {said}" if findings.counts else said)
    for note in findings.notes:
        click.echo(note)
