"""Check the calls in a page that mkdocs-macros is about to render."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.structure.pages import Page
from mkdocs_macros.plugin import MacrosPlugin

from opsbook.mkdocs.calls.sandbox import confined
from opsbook.mkdocs.calls.template_text import TemplateText
from opsbook.mkdocs.calls.trial import template_problems
from opsbook.mkdocs.compat import macros
from opsbook.problems import Problem
from opsbook.source.files import shown_path


def confine(plugin: MacrosPlugin) -> None:
    """Let mkdocs-macros render the pages of this build in an environment that cannot reach the rest of Python."""
    macros.set_environment(plugin, confined(macros.environment(plugin), macros.functions(plugin)))


def page_problems(plugin: MacrosPlugin, page: Page, markdown: str, root: Path) -> tuple[Problem, ...]:
    """Return the mistakes in the calls of `page`, whose body is `markdown`, with paths relative to `root`."""
    environment, functions = macros.environment(plugin), macros.functions(plugin)
    variables = macros.variables(plugin, page)
    return tuple(
        problem
        for source in _sources(page, markdown, root)
        for problem in template_problems(environment, source, variables, functions, root)
    )


def _sources(page: Page, markdown: str, root: Path) -> Iterator[TemplateText]:
    """Yield the body, then the title unless it is a part of the body: mkdocs-macros renders both."""
    file = page.file.abs_src_path
    text = Path(file).read_text("utf-8-sig") if file else page.file.content_string
    path = shown_path(Path(file), root) if file else page.file.src_uri
    before = text[: -len(markdown)] if markdown and text.endswith(markdown) else ""
    yield TemplateText(path, markdown, before.count("\n") + 1)
    title = str(page.title)
    if "{" in title and title not in markdown:
        yield TemplateText(path, title, text[: max(text.find(title), 0)].count("\n") + 1)
