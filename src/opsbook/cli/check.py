"""Run `opsbook check`: read everything that is written by hand and print every problem, without building the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from opsbook.assembly.addresses import address_problems, other_files
from opsbook.assembly.load import draft_handbook
from opsbook.assembly.parts import finished_site
from opsbook.cli.trust import trusted
from opsbook.graph import Graph
from opsbook.mkdocs.sitefile import read_site_file, site_file
from opsbook.mkdocs.wrong_settings import wrong_settings
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.guide.check import section_warnings
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.page.load import written_files
from opsbook.nouns.page.model import WrittenPage
from opsbook.nouns.runbook.model import Runbook
from opsbook.problems import Problem, ProblemsError, Severity, counted
from opsbook.snippets.check import check_snippets
from opsbook.snippets.load import load_snippets, markdown_files
from opsbook.source.clock import day_of_build
from opsbook.source.files import regular_files
from opsbook.source.sitefile import SiteFile


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder with checklist.yml (default: the current one).",
)
@click.option("--docs", default="docs", show_default=True, help="The folder of the hand-written pages, below the root.")
@click.option("--snippets", is_flag=True, help="Check the fenced blocks of the pages instead, or those of PATHS.")
@click.option("--strict", is_flag=True, help="Count warnings as errors, as a strict build does.")
def check_command(paths: tuple[Path, ...], root: Path, docs: str, snippets: bool, strict: bool) -> None:
    """Check the checklist, the guides, the runbooks and all that they name, whether a date has passed
    (by SOURCE_DATE_EPOCH where it is set) and whether anything that is published looks like a secret.

    With --snippets, run the tool of each language over the fenced blocks. PATHS are Markdown files and folders.
    """
    if snippets:
        _check_snippets(root, docs, paths, strict=strict)
        return
    if paths:
        raise click.UsageError("PATHS are for --snippets; without it everything is checked")
    site = read_site_file(root, root / docs)
    if (file := site_file(root)) and (wrong := list(wrong_settings(file))):
        raise ProblemsError(wrong)
    handbook = draft_handbook(
        root, root / docs, today=day_of_build(), parses_shell=True, raw=site.raw, site=site
    ).finish()
    graph = handbook.graph
    written = written_files(root / docs, site.is_excluded)
    problems = list(address_problems(finished_site(graph, site), other_files(graph), written, docs))
    are_tried = has_calls(graph, site)
    if are_tried:
        problems += _call_problems(root, docs, graph)
    if problems:
        raise ProblemsError([*problems, *handbook.warnings])
    warnings = ProblemsError([*handbook.warnings, *section_warnings(graph.all(Guide), docs)]).problems
    counts = [
        counted(len(graph.all(Place)), "practice"),
        counted(len(graph.all(Guide)), "guide"),
        counted(len(graph.all(Runbook)), "runbook"),
    ]
    _say(warnings, ", ".join(counts), strict=strict)
    if code := list(trusted(root, site, is_tried=are_tried)):
        click.echo(f"trusted, since a build runs it: {', '.join(code)}")


def has_calls(graph: Graph, site: SiteFile) -> bool:
    """Return whether a page may call macros, and mkdocs-macros is set up."""
    asks = any(page.asks_at for page in graph.all(WrittenPage))
    return site.macros is not None and (asks or site.macros.renders_all)


def _call_problems(root: Path, docs: str, graph: Graph) -> Sequence[Problem]:
    # MkDocs, the theme and mkdocs-macros take longer to load than most checks take, and most have nothing for them.
    from opsbook.mkdocs.calls.without_build import call_problems

    found = site_file(root)
    return call_problems(found, root / docs, graph) if found else ()


def _check_snippets(root: Path, docs: str, paths: tuple[Path, ...], *, strict: bool) -> None:
    files = [file for path in paths for file in (regular_files(path, ".md", deep=True) if path.is_dir() else [path])]
    snippets, problems = load_snippets(root.resolve(), [file.resolve() for file in files or markdown_files(root, docs)])
    report = check_snippets(snippets)
    found = ProblemsError([*problems, *report.problems])
    if any(problem.severity is Severity.ERROR for problem in found.problems):
        raise found
    _say(found.problems, f"{counted(report.total, 'block')}, {len(report.unchecked)} of them unchecked", strict=strict)


def _say(warnings: Sequence[Problem], counts: str, *, strict: bool) -> None:
    if strict and warnings:
        raise ProblemsError(replace(warning, severity=Severity.ERROR) for warning in warnings)
    for warning in warnings:
        click.echo(str(warning), err=True)
    click.echo(f"{counts}: no error found" if warnings else f"{counts}: no problem found")
