"""Check everything that is written by hand, or the fenced blocks of pages, and return what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from opsbook.assembly.load import draft_handbook
from opsbook.assembly.published import Published
from opsbook.cli.findings import Findings
from opsbook.cli.trust import trusted
from opsbook.content.check import check_content
from opsbook.content.checks import CHECKS
from opsbook.content.load import load_content
from opsbook.graph import Graph
from opsbook.mkdocs.wrong_settings import wrong_settings
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.guide.check import section_warnings
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.page.model import WrittenPage
from opsbook.nouns.runbook.model import Runbook
from opsbook.problems import Problem, ProblemsError, counted
from opsbook.snippets.check import check_snippets
from opsbook.snippets.load import load_snippets, markdown_files
from opsbook.source.clock import day_of_build
from opsbook.source.files import regular_files
from opsbook.source.sitefile import SiteFile

NO_SITE = "is not there, and a build needs it; `opsbook import` writes one, with all that a site needs"
UNHELD = "what it says was not looked at, since not every file could be read"
UNREAD = "links, `nav` and macros were not looked at, since not every file could be read"


def check_site(root: Path, site: SiteFile) -> Findings:
    """Return what is wrong with the files of the repository `root`, and what a strict build of `site` refuses."""
    try:
        if site.file and (wrong := list(wrong_settings(site.file))):
            raise ProblemsError(wrong)
        handbook = draft_handbook(
            root, site.docs, today=day_of_build(), parses_shell=True, raw=site.raw, site=site
        ).finish()
        published = Published.of(root, site.docs, handbook.graph, site)
    except ProblemsError as error:
        return Findings(error.problems, notes=(UNREAD,))
    problems = list(published.problems())
    notes = [*map(str, handbook.unread), *([UNREAD] if problems else [])]
    if not problems:
        problems += _build_problems(root, site, published, notes)
    if code := list(trusted(root, site, is_tried=has_calls(handbook.graph, site))):
        notes.append(f"trusted, since a build runs it: {', '.join(code)}")
    problems += (*handbook.warnings, *section_warnings(handbook.graph.all(Guide)))
    return Findings(ProblemsError(problems).problems, _counts(handbook.graph), tuple(notes), handbook.notes)


def has_calls(graph: Graph, site: SiteFile) -> bool:
    """Return whether a page may call macros, and mkdocs-macros is set up."""
    asks = any(page.asks_at for page in graph.all(WrittenPage))
    return site.macros is not None and (asks or site.macros.renders_all)


def _counts(graph: Graph) -> str:
    found = [
        counted(len(graph.all(Place)), "practice"),
        counted(len(graph.all(Guide)), "guide"),
        counted(len(graph.all(Runbook)), "runbook") + _drafts(graph),
    ]
    return ", ".join(found)


def _drafts(graph: Graph) -> str:
    drafts = sum(runbook.is_draft for runbook in graph.all(Runbook))
    return f" ({counted(drafts, 'draft')})" if drafts else ""


def _build_problems(root: Path, site: SiteFile, published: Published, notes: list[str]) -> Sequence[Problem]:
    """Return what a strict build refuses in the configuration, in calls of macros, in links and in `nav`.

    Add to `notes` what could not be judged.
    """
    graph = published.graph
    if site.file is None:
        return [Problem("mkdocs.yml", 0, 0, NO_SITE)]
    # MkDocs, the theme and mkdocs-macros take long to load: not before the files themselves are in order.
    from opsbook.mkdocs.calls.without_build import call_problems
    from opsbook.mkdocs.checked import checked_configuration
    from opsbook.mkdocs.static_files import overwritten_files
    from opsbook.mkdocs.verdict import Sources, build_verdict, unjudged

    try:
        config = checked_configuration(site.file, site.docs)
        calls = call_problems(config, site.file.resolve().parent, graph) if has_calls(graph, site) else ()
    except ProblemsError as error:
        return error.problems
    found = (*calls, *overwritten_files(config, published.written, published.docs))
    if unknown := unjudged(config, root, site.hooks):
        notes.append(f"links are left to `mkdocs build --strict`, since these may change them: {', '.join(unknown)}")
        return (*found, *published.link_warnings())
    return (*found, *build_verdict(config, published, Sources(root, site.docs, site.file)))


def check_blocks(root: Path, site: SiteFile, paths: Iterable[Path]) -> Findings:
    """Return what the tools say of the fenced blocks in `paths`, Markdown files and folders; else in all of `site`."""
    files = [file for path in paths for file in (regular_files(path, ".md", deep=True) if path.is_dir() else [path])]
    snippets, problems = load_snippets(root, files or list(markdown_files(root, site)), site.docs)
    report = check_snippets(snippets)
    counts = f"{counted(report.total, 'block')}, {len(report.unchecked)} of them unchecked"
    return Findings(ProblemsError([*problems, *report.problems]).problems, counts)


def check_meaning(root: Path, site: SiteFile) -> Findings:
    """Return what the checks of the content find in the repository `root`; what keeps it from being read, first."""
    try:
        handbook = draft_handbook(root, site.docs, today=day_of_build(), raw=site.raw, site=site).finish()
    except ProblemsError as error:
        return Findings(error.problems, notes=(UNHELD,))
    content, problems = load_content(root, site, handbook.graph, day_of_build())
    report = check_content(content)
    ran = f"{counted(len(CHECKS), 'check')} of the content, {counted(report.waived, 'finding')} waived"
    counts = f"{_counts(handbook.graph)}, {ran}"
    return Findings(ProblemsError([*problems, *report.problems]).problems, counts, reasons=report.reasons)
