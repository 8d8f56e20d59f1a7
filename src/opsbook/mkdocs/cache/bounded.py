"""Limit the time to render a page, since some texts keep Markdown busy without end."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opsbook.mkdocs.compat.pages import replace_render
from opsbook.problems import Problem
from opsbook.source.deadline import TooLongError, deadline
from opsbook.source.limits import SECONDS_TO_RENDER


def bound(page: Page, name: str, report: Callable[[Problem], None]) -> None:
    """Limit the rendering of `page`, which messages call `name`, to SECONDS_TO_RENDER.

    A page that takes longer or is nested too deep stays empty, and `report` is called with the problem. The build goes
    on, so that it ends with the problems of all pages.
    """
    inner = page.render

    def render(config: MkDocsConfig, files: Files) -> None:
        try:
            with deadline(name, SECONDS_TO_RENDER, "to render"):
                inner(config, files)
        except RecursionError:
            page.content = ""
            report(Problem(name, 0, 0, "this is nested too deep, or has too many parts in one; split it"))
        except TooLongError as error:
            page.content = ""
            for problem in error.problems:
                report(problem)

    replace_render(page, render)
