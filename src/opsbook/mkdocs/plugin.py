"""The MkDocs plugin: reads the repository, hands the generated pages to MkDocs, and nothing else."""

from __future__ import annotations

import functools
import gc
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs_macros.plugin import MacrosPlugin

from opsbook import web
from opsbook.assembly.addresses import address_problems, other_files
from opsbook.assembly.due import day_of_build
from opsbook.assembly.interface import interface
from opsbook.assembly.load import Draft, draft_handbook
from opsbook.assembly.site import Site, make_site
from opsbook.assembly.sitefile import SiteFile
from opsbook.graph import Handbook
from opsbook.markup.files import is_raw
from opsbook.markup.report import page_problem
from opsbook.markup.settings import OPTION, missing_fault
from opsbook.mkdocs import defaults, search, titles
from opsbook.mkdocs.cache.bounded import bound
from opsbook.mkdocs.cache.build import BuildCache
from opsbook.mkdocs.calls.check import confine, is_rendered, macro_settings, page_problems
from opsbook.mkdocs.keeping import Keeping, declare_anchors
from opsbook.mkdocs.navigation import navigation
from opsbook.mkdocs.options import OpsbookConfig
from opsbook.mkdocs.publication import Publication
from opsbook.mkdocs.serving import LastGoodSite
from opsbook.mkdocs.wall import Wall
from opsbook.nouns.drawing.pages import marks
from opsbook.nouns.drawing.png import drawing_pngs
from opsbook.nouns.macro.calls import Here
from opsbook.nouns.page.load import said_meta, written_files
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.nouns.term.pages import hover_texts
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.site.document import to_markdown
from opsbook.site.kept import without_tokens
from opsbook.site.page import Asset
from opsbook.site.paths import drawing_file

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.opsbook")
WATCHED = ("checklist.yml", "services.yml", "runbooks", "diagrams", "post-mortems", "macros", ".secrets.yml")


class OpsbookPlugin(BasePlugin[OpsbookConfig]):
    """Makes the site of the checklist that stands beside `mkdocs.yml`."""

    draft: Draft
    handbook: Handbook
    here: Here
    keeping: Keeping
    problems: tuple[Problem, ...]
    kept: BuildCache
    wall: Wall

    def __init__(self) -> None:
        self.is_dirty = False
        self.publication = Publication()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Hear how this run builds. Because of this event MkDocs keeps the plugin for all builds of a run."""
        self.is_dirty = dirty

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load everything that is written by hand; fill in what `mkdocs.yml` leaves to us."""
        if gc.get_freeze_count():  # Under `mkdocs serve`, what the build before this one held.
            gc.unfreeze()
            gc.collect()
        if faults := [fault for name in self.config.raw_html if (fault := missing_fault(name, Path(config.docs_dir)))]:
            raise misconfigured(faults)
        raw = tuple(self.config.raw_html)
        defaults.apply(config)
        search.configure(config)
        self.root, self.docs = Path(config.config_file_path).parent, config.docs_dir
        self.problems = ()
        self.reported: set[str] = set()
        try:
            cache = self.root / self.config.cache_dir
            shell = ShellParser.find(cache / "shell")
            docs, day = Path(config.docs_dir), day_of_build()
            site = SiteFile(tuple(map(Path, config.theme.dirs)), config.exclude_docs, macro_settings(config))
            self.draft = draft_handbook(self.root, docs, due_by=day, shell=shell, cache=cache, raw=raw, site=site)
            self.publication.begin(config, is_dirty=self.is_dirty, by_files=self.config.change_over == "files")
        except ProblemsError as error:
            raise refused(error.problems) from None
        defaults.explain(config, hover_texts(self.draft.handbook.glossary))
        self.wall = Wall(self.config.policy, config)
        self.keeping = Keeping(functools.partial(is_raw, raw=raw), repr(raw), self.report_markup)
        self.keeping.install(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Look for what the last build left, now that every plugin has had its say on the configuration."""
        self.kept = BuildCache(self.root / self.config.cache_dir, config)
        if isinstance(macros := config.plugins.get("macros"), MacrosPlugin):
            confine(macros)

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated pages, the assets and the navigation."""
        self.site = self.made(config)
        self.handbook = self.finished()
        for page in self.site.pages:
            self.keeping.add(page)
            _replace(files, File.generated(config, page.path, content=to_markdown(page)))
        for asset in (*self.site.assets, *self.pictures(), *web.assets()):
            _replace(files, File.generated(config, asset.path, content=self.wall.around_asset(asset).content))
        if config.nav is None:
            titles = {path: page.title for path, page in self.handbook.written.items()}
            shown = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
            written = [file.src_uri for file in shown if file.generated_by != "opsbook"]
            config.nav = navigation(self.site.navigation, written, titles)
        gc.freeze()  # All this lives as long as the build, and is large: no use to look for garbage in it at each page.
        return files

    def report_markup(self, path: str, html: str) -> None:
        """Warn of what is taken out of the page `path`, where no line of its source was told for it."""
        name = self.source_name(path)
        if (problem := page_problem(name, html, self.handbook.warnings)) and name not in self.reported:
            self.reported.add(name)
            log.warning(str(problem))

    def source_name(self, path: str) -> str:
        """The file that the page `path` is made of, as messages call it."""
        names = (f"{Path(self.docs).name}/{path}", path)
        return next((each for each in names if (self.root / each).is_file()), path)

    def add_problem(self, problem: Problem) -> None:
        """Note a problem that ends the build when every page is read."""
        self.problems += (problem,)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make text of the titles that `mkdocs.yml` gives."""
        titles.settle_navigation(nav.items)
        return nav

    def made(self, config: MkDocsConfig) -> Site:
        """The site, each of whose addresses is had once."""
        docs = Path(config.docs_dir)
        try:
            site = make_site(self.draft.handbook)
        except ProblemsError as error:
            raise refused(error.problems) from None
        written = written_files(docs, SiteFile(excluded=config.exclude_docs))
        if problems := list(address_problems(site, other_files(self.draft.handbook), written, docs.name)):
            raise refused(ProblemsError(problems).problems)
        return site

    def finished(self) -> Handbook:
        """The handbook with all that was found in it, after the pages were made while the shell's parser worked."""
        try:
            handbook = self.draft.finish()
        except ProblemsError as error:
            raise refused(error.problems) from None
        for warning in handbook.warnings:
            log.warning(str(warning))
        for problem in handbook.due:
            log.info(str(problem))  # Not a warning, which ends a strict build: see `handbook.due`.
        return handbook

    def pictures(self) -> Iterator[Asset]:
        """The drawings as PNG, which only a library outside of Python's own can make."""
        drawings = {drawing_file(drawing, "png"): drawing for drawing in self.handbook.drawings.values()}
        marked = [(drawing, marks(drawing, self.handbook, path)) for path, drawing in drawings.items()]
        pictures = drawing_pngs(marked, cache=self.root / self.config.cache_dir / "pictures")
        yield from map(Asset, drawings, pictures)

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Render no page again that says what it said the last time, and none without end."""
        self.kept.adopt_page(page)
        bound(page, self.source_name(page.file.src_uri), self.add_problem)
        return page

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Find the mistakes in the calls of a page before mkdocs-macros stops at the first one."""
        path = page.file.src_uri
        self.here = Here(self.handbook, path, self.keeping.begin(path), interface())
        if written := self.handbook.written.get(page.file.src_uri):
            page.meta = said_meta(written, page.meta)
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
        self.wall.allow_templates(env, config, files)
        self.shown = titles.shown(config)
        return env

    def on_page_content(self, content: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Themes print titles as they are, so a title is markup from here on."""
        page.title = self.keeping.title(page.file.src_uri, str(page.title))
        titles.settle_page(page)
        declare_anchors(page)
        return content

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the templates the settings as they are to be printed."""
        titles.settle_contents(page.toc)
        context["config"] = self.shown
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the templates that belong to no page the same settings."""
        context["config"] = self.shown
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put the policy on a page, when the other plugins are done with it."""
        return self.wall.around_page(output, page.file.src_uri)

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the policy on the pages that belong to no source, such as that of an address that is not there."""
        return self.wall.around_page(output, template_name) if template_name.endswith(".html") else output

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep nothing of pages that are gone; and when every plugin has written, let the new site be the site."""
        self.kept.prune()
        self.kept.close()
        try:
            self.publication.end(config)
        except ProblemsError as error:
            raise refused(error.problems) from None

    @event_priority(-1000)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site as it was, and nothing open. A full disk is no bug, and gets a line instead of a traceback."""
        self.on_shutdown()
        if problem := self.publication.problem(error):
            raise refused((problem,)) from None

    def on_shutdown(self) -> None:
        """Take away what was built for nothing, however the run ended."""
        self.publication.fail()
        if "kept" in vars(self):
            self.kept.close()

    @event_priority(-1000)
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Rebuild when anything changes that the handbook is made of, and show the last good site meanwhile."""
        for name in WATCHED:
            if (self.root / name).exists():
                server.watch(str(self.root / name))
        self.wall.allow_live_reload(server)
        LastGoodSite(server, self.publication.changing)
        return server


def refused(problems: tuple[Problem, ...]) -> Abort:
    """The end of a build that found `problems`, each on a line of its own."""
    for problem in problems:
        log.log(logging.WARNING if problem.severity is Severity.WARNING else logging.ERROR, str(problem))
        if problem.trace:  # Shown by `mkdocs build --verbose`.
            log.debug(problem.trace)
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    return Abort(f"{count} problem{'s' * (count != 1)} found")


def misconfigured(faults: Sequence[str]) -> Abort:
    """The end of a build whose `mkdocs.yml` names what is not there, in the words of MkDocs for such an option."""
    for fault in faults:
        log.error("Config value 'plugins': Plugin 'opsbook' option '%s': %s", OPTION, fault)
    return Abort("Aborted with a configuration error!")


def _replace(files: Files, file: File) -> None:
    if old := files.get_file_from_path(file.src_uri):
        files.remove(old)
    files.append(file)
