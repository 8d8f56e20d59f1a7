"""Write `llms.txt`, the list of pages for machine readers: https://llmstxt.org/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.runbook.machine import markdown_path
from opsbook.nouns.runbook.model import Runbook
from opsbook.site.links import link_to
from opsbook.site.page import Asset, NavEntry, Page
from opsbook.site.text import plain

_SYNTAX = re.compile(r"([\\\[\]])")


def llms_txt(graph: Graph, pages: Iterable[Page], navigation: Iterable[NavEntry]) -> Asset:
    """Return the list of the generated pages, a section for each part of the navigation.

    A link leads to the Markdown of a page where there is one, and is relative to the site.
    """
    beside = {graph.path(runbook): markdown_path(runbook) for runbook in graph.all(Runbook)}
    by_path = {page.path: page for page in pages}
    parts = [f"# {plain(graph.one(Checklist).title)}\n"]
    for entry in navigation:
        lines = list(_lines(entry, by_path, beside))
        if lines:
            parts += [f"\n## {entry.title}\n\n", *lines]
    return Asset("llms.txt", "".join(parts), for_machines=True)


def _lines(entry: NavEntry, pages: Mapping[str, Page], beside: Mapping[str, str]) -> Iterator[str]:
    path = entry.path or ""
    if page := pages.get(path.partition("#")[0]):
        description = str(page.meta.get("description", "")).strip()
        said = f": {' '.join(description.split())}" if description else ""
        title = _SYNTAX.sub(r"\\\1", entry.title)
        yield f"- [{title}]({beside.get(path) or link_to(path)}){said}\n"
    for child in entry.children:
        yield from _lines(child, pages, beside)
