"""Every fenced block of this repository, by the tool of its language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsbook.problems import Severity
from opsbook.snippets.check import CHECKERS, check_snippets
from opsbook.snippets.load import load_snippets, markdown_files
from opsbook.snippets.manifests import VERSION
from opsbook.snippets.model import NOT_CODE, SnippetReport
from opsbook.source.sitefile import SiteFile

MOST_UNCHECKED = 3 / 100


@pytest.fixture(scope="module")
def report(root: Path) -> SnippetReport:
    snippets, problems = load_snippets(root, list(markdown_files(root, SiteFile(docs=root / "docs"))))
    assert [str(problem) for problem in problems] == []
    return check_snippets(snippets)


def test_every_block_of_the_repository_is_right(report: SnippetReport) -> None:
    assert [str(problem) for problem in report.problems if problem.severity is Severity.ERROR] == []


def test_hardly_any_block_is_unchecked(report: SnippetReport) -> None:
    marked = [f"{each.path}:{each.line}: {each.language}" for each in report.unchecked]
    assert report.total > 0
    assert len(marked) <= MOST_UNCHECKED * report.total, "\n".join(marked)


def test_the_page_for_authors_names_every_language(root: Path) -> None:
    page = (root / "docs/contribute/guides.md").read_text("utf-8")
    table = page.partition("| language | checked by |")[2].partition("\n\n")[0]
    named = {
        name
        for row in table.splitlines()
        for name in re.findall(r"`([a-z]+)`", row.split("|")[1] if "|" in row else "")
    }
    assert named == set(CHECKERS)
    not_code = next(line for line in page.splitlines() if " are not code." in line)
    assert set(re.findall(r"`([a-z]+)`", not_code.partition(" are not code")[0])) == NOT_CODE
    assert f"the schema of Kubernetes {VERSION.removesuffix('.0')};" in page
