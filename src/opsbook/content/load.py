"""Load what the checks of the content look at: pages, their blocks, and the YAML files beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from opsbook.content.model import HandbookContent
from opsbook.content.settings import FILE, ContentSettings
from opsbook.graph import Graph
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.problems import Problem
from opsbook.snippets.load import RUNBOOKS, markdown_files, page_snippets
from opsbook.snippets.model import Snippet
from opsbook.source.files import regular_files, shown_path
from opsbook.source.guard import reading
from opsbook.source.markdown import Markdown, parse_markdown
from opsbook.source.sitefile import SiteFile
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

_YAML = (".yml", ".yaml")


def load_content(root: Path, site: SiteFile, graph: Graph, today: date) -> tuple[HandbookContent, tuple[Problem, ...]]:
    """Return the content of the repository `root`, whose linked nouns are in `graph`, and what could not be read."""
    problems: list[Problem] = []
    pages: list[Markdown] = []
    for file in markdown_files(root, site):
        path = shown_path(file, root)
        with reading(path, problems):
            pages.append(parse_markdown(read_text(file, path), path))
    runbooks = {source.page.path: source for source in graph.all(ParsedRunbook)}
    blocks = (block for page in pages for block in page_snippets(page.path, page.fences, runbooks.get(page.path)))
    files = tuple(_files(root, problems))
    settings, document = ContentSettings(), YamlDocument(FILE, {}, {}, {})
    if (root / FILE).exists():
        with reading(FILE, problems):
            document = parse_yaml(read_text(root / FILE, FILE), FILE)
            settings = validate(ContentSettings, document)
    return HandbookContent(root, site, graph, today, tuple(pages), tuple(blocks), files, settings, document), tuple(
        problems
    )


def _files(root: Path, problems: list[Problem]) -> list[Snippet]:
    """Return the YAML files below the runbooks, each as one block; add to `problems` those that cannot be read."""
    found = []
    for file in regular_files(root / RUNBOOKS, *_YAML, deep=True):
        path = shown_path(file, root)
        with reading(path, problems):
            found.append(Snippet(path, "yaml", file.name, read_text(file, path), 1, 1, 1))
    return found
