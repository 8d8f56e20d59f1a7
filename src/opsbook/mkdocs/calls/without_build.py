"""Find the mistakes in the calls of all pages as a build does, without building anything.

mkdocs-macros reads its configuration and runs its modules, the site's own too, since they decide what a page can call.
Hooks and the events of other plugins do not run.
"""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs_macros.plugin import MacrosPlugin

from opsbook.graph import Graph
from opsbook.mkdocs.calls.check import confine, page_problems
from opsbook.mkdocs.compat.macros import is_rendered
from opsbook.nouns.macro.calls import CallSite
from opsbook.nouns.page.model import WrittenPage, said_meta
from opsbook.problems import Problem, ProblemsError
from opsbook.site.kept import Keeper, without_tokens
from opsbook.source.sitefile import MacroSettings

log = logging.getLogger("mkdocs")


def call_problems(config: MkDocsConfig, root: Path, graph: Graph) -> tuple[Problem, ...]:
    """Return the mistakes in the calls of the pages that are templates by `config` or by their front matter.

    Raises ProblemsError if mkdocs-macros, or a module of the site in the folder `root`, cannot be set up.
    """
    with _warnings_left_out():
        macros = config.plugins.get("macros")
        if not isinstance(macros, MacrosPlugin):
            return ()
        _set_up(macros, config, root, graph.one(MacroSettings).file)
        files = get_files(config)
        macros.variables["files"], macros.variables["navigation"] = files, get_navigation(files, config)
        return tuple(problem for page in _pages(files, config) for problem in _page(page, macros, graph, root))


@contextlib.contextmanager
def _warnings_left_out() -> Iterator[None]:
    """Silence the warnings of MkDocs, which a build will show."""
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _set_up(macros: MacrosPlugin, config: MkDocsConfig, root: Path, module: str) -> None:
    try:
        macros.on_config(config)  # type: ignore[no-untyped-call] # They leave it without types.
    except (Exception, SystemExit) as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno or 1 for frame in frames if frame.filename == str(root / module)]
        place = (module, lines[-1], 1) if lines else ("mkdocs.yml", 0, 0)
        message = f"mkdocs-macros cannot be set up: {said}; a build ends with this too"
        raise ProblemsError([Problem(*place, message, trace=traceback.format_exc())]) from None
    confine(macros)


def _pages(files: Files, config: MkDocsConfig) -> Sequence[Page]:
    return [file.page or Page(None, file, config) for file in files.documentation_pages()]


def _page(page: Page, macros: MacrosPlugin, graph: Graph, root: Path) -> tuple[Problem, ...]:
    """Return the mistakes in the calls of one page. A guide or a track is never a template."""
    written = graph.by_id(WrittenPage).get(page.file.src_uri)
    if written is None:
        return ()
    page.read_source(macros.conf)
    page.meta = said_meta(written, page.meta)
    if not is_rendered(macros, page):
        return ()
    if book := macros.conf.plugins.get("opsbook"):
        book.here = CallSite(graph, page.file.src_uri, Keeper())
    return page_problems(macros, page, without_tokens(page.markdown or ""), root)
