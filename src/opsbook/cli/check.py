"""Run `opsbook check`: read everything that is written by hand and print every problem, without building the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from opsbook.assembly.load import draft_handbook
from opsbook.assembly.parts import finished_site
from opsbook.assembly.published import Published
from opsbook.cli.place import root_folder, site_options
from opsbook.cli.trust import trusted
from opsbook.graph import Graph
from opsbook.mkdocs.sitefile import read_site_file
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
from opsbook.source.files import regular_files, shown_path
from opsbook.source.sitefile import SiteFile


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@site_options
@click.option("--snippets", is_flag=True, help="Check the fenced blocks of the pages instead, or those of PATHS.")
@click.option("--strict", is_flag=True, help="Count warnings as errors, as a strict build does.")
def check_command(
    paths: tuple[Path, ...],
    root: Path | None,
    config_file: Path | None,
    docs: str | None,
    snippets: bool,
    strict: bool,
) -> None:
    """Check the checklist, the guides, the runbooks and all that they name, whether a date has passed
    (by SOURCE_DATE_EPOCH where it is set) and whether anything that is published looks like a secret.

    With --snippets, run the tool of each language over the fenced blocks. PATHS are Markdown files and folders.
    """
    root = root_folder(root, config_file)
    if paths and not snippets:
        raise click.UsageError("PATHS are for --snippets; without it everything is checked")
    site = read_site_file(root, root / docs if docs else None, config_file)
    if site.file and (wrong := list(wrong_settings(site.file))):
        raise ProblemsError(wrong)
    handbook = draft_handbook(
        root, site.docs, today=day_of_build(), parses_shell=True, raw=site.raw, site=site
    ).finish()
    graph, name = handbook.graph, shown_path(site.docs, root)
    written = written_files(site.docs, site)
    published = Published(root, name, graph, finished_site(graph, site), written, site.draws_mermaid, site.in_folders)
    problems = list(published.problems())
    notes: list[str] = []
    if not problems and site.file:
        problems += _build_problems(root, site, published, notes)
    if problems:
        raise ProblemsError([*problems, *handbook.warnings])
    found = (*handbook.warnings, *section_warnings(graph.all(Guide)), *published.page_warnings())
    warnings = ProblemsError(found).problems
    counts = [
        counted(len(graph.all(Place)), "practice"),
        counted(len(graph.all(Guide)), "guide"),
        counted(len(graph.all(Runbook)), "runbook"),
    ]
    _say(warnings, ", ".join(counts), strict=strict)
    for note in notes:
        click.echo(note)
    if code := list(trusted(root, site, is_tried=has_calls(graph, site))):
        click.echo(f"trusted, since a build runs it: {', '.join(code)}")


def has_calls(graph: Graph, site: SiteFile) -> bool:
    """Return whether a page may call macros, and mkdocs-macros is set up."""
    asks = any(page.asks_at for page in graph.all(WrittenPage))
    return site.macros is not None and (asks or site.macros.renders_all)


def _build_problems(root: Path, site: SiteFile, published: Published, notes: list[str]) -> Sequence[Problem]:
    """Return what a strict build refuses in the configuration, in calls of macros, in links and in `nav`.

    Add to `notes` what could not be judged.
    """
    # MkDocs, the theme and mkdocs-macros take long to load: not before the files themselves are in order.
    from opsbook.mkdocs.calls.without_build import call_problems
    from opsbook.mkdocs.checked import checked_configuration
    from opsbook.mkdocs.verdict import Sources, build_verdict, unjudged

    assert site.file
    graph = published.graph
    config = checked_configuration(site.file, site.docs)
    calls = call_problems(config, site.file.resolve().parent, graph) if has_calls(graph, site) else ()
    if unknown := unjudged(config, root, site.hooks):
        notes.append(f"links are left to `mkdocs build --strict`, since these may change them: {', '.join(unknown)}")
        return calls
    return (*calls, *build_verdict(config, published, Sources(root, site.docs, site.file)))


def _check_snippets(root: Path, site: SiteFile, paths: tuple[Path, ...], *, strict: bool) -> None:
    files = [file for path in paths for file in (regular_files(path, ".md", deep=True) if path.is_dir() else [path])]
    snippets, problems = load_snippets(root, files or list(markdown_files(root, site)), site.docs)
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
