"""A page that mkdocs-macros is about to render in, the mistakes in its calls out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs_macros.plugin import MacrosPlugin

from opsbook.mkdocs.calls.sandbox import confined
from opsbook.mkdocs.calls.source import Source
from opsbook.mkdocs.calls.trial import template_problems
from opsbook.nouns.macro.model import MacroSettings, pluglet
from opsbook.problems import Problem


def confine(macros: MacrosPlugin) -> None:
    """Have mkdocs-macros render the pages of this build in an environment that has no way out."""
    # `env` is a property without a setter:
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py
    macros._env = confined(macros.env, macros.macros)


def macro_settings(config: MkDocsConfig) -> MacroSettings | None:
    """Return how mkdocs-macros is set up in a build; None where it is not."""
    macros = config.plugins.get("macros")
    if not isinstance(macros, MacrosPlugin):
        return None
    said = macros.config
    is_opt_in = not said["render_by_default"] and not said["force_render_paths"]
    return MacroSettings(said["module_name"], tuple(map(pluglet, said["modules"])), not is_opt_in)


def is_rendered(macros: MacrosPlugin, page: Page) -> bool:
    """Whether mkdocs-macros takes `page` for a template; what the page itself says comes first."""
    asked = page.meta.get("render_macros")
    if asked is not None:
        return bool(asked)
    return bool(macros.config["render_by_default"] or macros.force_page_rendering(page.file.src_path))


def page_problems(macros: MacrosPlugin, page: Page, markdown: str, root: Path) -> tuple[Problem, ...]:
    """The mistakes in the calls of `page`, whose body is `markdown`. Paths are given from `root`."""
    variables = {**macros.variables, "page": page, **page.meta}
    return tuple(
        problem
        for source in _sources(page, markdown, root)
        for problem in template_problems(macros.env, source, variables, macros.macros, root)
    )


def _sources(page: Page, markdown: str, root: Path) -> Iterator[Source]:
    """The body, then the title where it is no part of the body: mkdocs-macros renders both."""
    text = page.file.content_string
    file = page.file.abs_src_path
    path = Path(file).relative_to(root).as_posix() if file else page.file.src_uri
    before = text[: -len(markdown)] if markdown and text.endswith(markdown) else ""
    yield Source(path, markdown, before.count("\n") + 1)
    title = str(page.title)
    if "{" in title and title not in markdown:
        yield Source(path, title, text[: max(text.find(title), 0)].count("\n") + 1)
