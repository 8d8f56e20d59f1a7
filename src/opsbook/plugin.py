"""The MkDocs plugin: reads the repository, hands the generated pages to MkDocs, and nothing else."""

from __future__ import annotations

import gc
import html
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs_macros.plugin import MacrosPlugin

from opsbook import defaults, search, web
from opsbook.calls.check import is_rendered, page_problems
from opsbook.drawings.png import drawing_pngs
from opsbook.handbook.load import Draft, draft_handbook
from opsbook.handbook.model import Handbook
from opsbook.keeping import Keeping, declare_anchors
from opsbook.navigation import navigation
from opsbook.pages.architecture import marks
from opsbook.pages.calls import Here
from opsbook.pages.document import to_markdown
from opsbook.pages.glossary import hover_texts
from opsbook.pages.kept import without_tokens
from opsbook.pages.page import Asset
from opsbook.pages.paths import drawing_file
from opsbook.pages.site import make_site
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.rendercache.build import BuildCache
from opsbook.runbooks.shellcheck import ShellParser

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.opsbook")
WATCHED = ("checklist.yml", "services.yml", "runbooks", "diagrams", "post-mortems", "macros")


class OpsbookConfig(Config):
    """The plugin's options in `mkdocs.yml`."""

    cache_dir = config_options.Type(str, default=".cache/opsbook")


class OpsbookPlugin(BasePlugin[OpsbookConfig]):
    """Makes the site of the checklist that stands beside `mkdocs.yml`."""

    draft: Draft
    handbook: Handbook
    here: Here
    keeping: Keeping
    problems: tuple[Problem, ...]
    kept: BuildCache

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load everything that is written by hand; fill in what `mkdocs.yml` leaves to us."""
        gc.unfreeze()  # Under `mkdocs serve`, what the build before this one held.
        defaults.apply(config)
        search.configure(config)
        self.root = Path(config.config_file_path).parent
        self.problems = ()
        try:
            cache = self.root / self.config.cache_dir
            shell = ShellParser.find(cache / "shell")
            self.draft = draft_handbook(self.root, Path(config.docs_dir), shell=shell, cache=cache)
        except ProblemsError as error:
            raise refused(error.problems) from None
        defaults.explain(config, hover_texts(self.draft.handbook.glossary))
        self.keeping = Keeping()
        self.keeping.install(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Look for what the last build left, now that every plugin has had its say on the configuration."""
        self.kept = BuildCache(self.root / self.config.cache_dir, config)

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated pages, the assets and the navigation."""
        self.site = make_site(self.draft.handbook)
        self.handbook = self.finished()
        for page in self.site.pages:
            self.keeping.add(page)
            _replace(files, File.generated(config, page.path, content=to_markdown(page)))
        for asset in (*self.site.assets, *self.pictures(), *web.assets()):
            _replace(files, File.generated(config, asset.path, content=asset.content))
        if config.nav is None:
            titles = {path: page.title for path, page in self.handbook.written.items()}
            shown = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
            written = [file.src_uri for file in shown if file.generated_by != "opsbook"]
            config.nav = navigation(self.site.navigation, written, titles)
        gc.freeze()  # All this lives as long as the build, and is large: no use to look for garbage in it at each page.
        return files

    def finished(self) -> Handbook:
        """The handbook with all that was found in it, after the pages were made while the shell's parser worked."""
        try:
            handbook = self.draft.finish()
        except ProblemsError as error:
            raise refused(error.problems) from None
        for warning in handbook.warnings:
            log.warning(str(warning))
        return handbook

    def pictures(self) -> Iterator[Asset]:
        """The drawings as PNG, which only a library outside of Python's own can make."""
        drawings = {drawing_file(drawing, "png"): drawing for drawing in self.handbook.drawings.values()}
        marked = [(drawing, marks(drawing, self.handbook, path)) for path, drawing in drawings.items()]
        pictures = drawing_pngs(marked, cache=self.root / self.config.cache_dir / "pictures")
        yield from map(Asset, drawings, pictures)

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Render no page again that says what it said the last time."""
        self.kept.adopt_page(page)
        return page

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Find the mistakes in the calls of a page before mkdocs-macros stops at the first one."""
        self.here = Here(self.handbook, page.file.src_uri, self.keeping.begin(page.file.src_uri))
        if page.file.generated_by != "opsbook":
            markdown = without_tokens(markdown)
        macros = config.plugins.get("macros")
        if isinstance(macros, MacrosPlugin) and is_rendered(macros, page):
            found = page_problems(macros, page, markdown, self.root)
            self.problems += found
            page.meta["render_macros"] = not found
        return markdown

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Every page is read by now: end here if one of them has a wrong call."""
        if self.problems:
            raise refused(ProblemsError(self.problems).problems)
        self.kept.adopt_environment(env)
        return env

    def on_page_content(self, content: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Themes print titles as they are, so a title is markup from here on."""
        title = self.keeping.title(page.file.src_uri, str(page.title))
        page.title = html.escape(html.unescape(title), quote=False)
        declare_anchors(page)
        return content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep nothing of pages that are gone."""
        self.kept.prune()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Rebuild when anything changes that the handbook is made of."""
        for name in WATCHED:
            if (self.root / name).exists():
                server.watch(str(self.root / name))
        return server


def refused(problems: tuple[Problem, ...]) -> Abort:
    """The end of a build that found `problems`, each on a line of its own."""
    for problem in problems:
        log.log(logging.WARNING if problem.severity is Severity.WARNING else logging.ERROR, str(problem))
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    return Abort(f"{count} problem{'s' * (count != 1)} found")


def _replace(files: Files, file: File) -> None:
    if old := files.get_file_from_path(file.src_uri):
        files.remove(old)
    files.append(file)
