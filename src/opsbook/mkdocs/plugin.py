"""Define the MkDocs plugin, which loads the repository and hands the generated pages to MkDocs."""

from __future__ import annotations

import functools
import gc
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure import pages
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from opsbook import web
from opsbook.assembly.attachments import attached_files
from opsbook.assembly.load import Handbook, PendingHandbook, draft_handbook
from opsbook.assembly.published import Published
from opsbook.assembly.site import Site
from opsbook.assembly.tree import FILES, files_named_by
from opsbook.markup.files import is_raw
from opsbook.markup.settings import missing_entry_fault
from opsbook.mkdocs import defaults, search, techdocs, titles
from opsbook.mkdocs.addresses import asset_files, meta_with_addresses, settle_assets
from opsbook.mkdocs.braces import is_text, with_braces, without_braces
from opsbook.mkdocs.cache.bounded import bound
from opsbook.mkdocs.cache.build import BuildCache
from opsbook.mkdocs.calls.check import confine, page_problems
from opsbook.mkdocs.compat import macros, notebooks
from opsbook.mkdocs.compat.config import root_of
from opsbook.mkdocs.compat.logs import retell
from opsbook.mkdocs.compat.pages import set_title
from opsbook.mkdocs.compat.theme import refuse_silent_swaps
from opsbook.mkdocs.compat.translations import AFTER, BEFORE
from opsbook.mkdocs.copies import OfflineCopies
from opsbook.mkdocs.edit_links import edit_settings
from opsbook.mkdocs.files import add_page, leave_out, replace_file
from opsbook.mkdocs.keeping import Keeping, declare_anchors
from opsbook.mkdocs.languages import Loan
from opsbook.mkdocs.last_change import LastChanges
from opsbook.mkdocs.link_faults import LinkFaults
from opsbook.mkdocs.machine_files import wanted_assets
from opsbook.mkdocs.missing_assets import missing_assets
from opsbook.mkdocs.options import OpsbookConfig
from opsbook.mkdocs.origins import Origins
from opsbook.mkdocs.own_navigation import site_navigation
from opsbook.mkdocs.publication import Publication
from opsbook.mkdocs.refusal import keep_warnings, log, misconfigured, refused
from opsbook.mkdocs.removals import Removals
from opsbook.mkdocs.search_division import divide_index
from opsbook.mkdocs.serving import LastGoodSite
from opsbook.mkdocs.site_of import inclusion, language_of, languages_of, site_of
from opsbook.mkdocs.site_policy import SitePolicy
from opsbook.mkdocs.static_files import overwritten_files
from opsbook.mkdocs.surroundings import PageSurroundings
from opsbook.mkdocs.taken_away import Listed
from opsbook.mkdocs.watching import watch_named_files, watch_sources
from opsbook.mkdocs.wrapping import wrap_templates
from opsbook.mkdocs.wrong_settings import refuse_wrong_settings
from opsbook.nouns.drawing.png import picture_assets
from opsbook.nouns.macro.calls import CallSite
from opsbook.nouns.page.model import WrittenPage, said_meta
from opsbook.nouns.term.model import Term
from opsbook.nouns.term.pages import hover_texts
from opsbook.problems import Problem, ProblemsError
from opsbook.secrets.load import FILE as SECRETS
from opsbook.site.kept import without_tokens
from opsbook.site.language import site_language
from opsbook.source.clock import day_of_build

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.utils.templates import TemplateContext

WATCHED = (*FILES, SECRETS)


BUILDING = frozenset({"build", "gh-deploy", "serve"})
"""The commands that build. mike reads the configuration alone and asks it where another process has built."""


class OpsbookPlugin(BasePlugin[OpsbookConfig]):
    """Makes the site of the checklist beside `mkdocs.yml`."""

    draft: PendingHandbook
    handbook: Handbook
    here: CallSite
    keeping: Keeping
    published: Published
    problems: tuple[Problem, ...]
    kept: BuildCache
    listed: Listed
    wall: SitePolicy

    def __init__(self) -> None:
        self.is_dirty = self.is_served = False
        self.is_building = True
        self.publication = Publication()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note how this run builds. Since this event is handled, MkDocs keeps the plugin for all builds of a run."""
        self.is_dirty, self.is_served = dirty, command == "serve"
        self.is_building = command in BUILDING

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load everything that is written by hand, and fill in what `mkdocs.yml` leaves open.

        Raises Abort after printing the problems of all files.
        """
        if gc.get_freeze_count():  # Under `mkdocs serve`, what the build before this one held.
            gc.unfreeze()
            gc.collect()
        if "listed" in vars(self):
            self.listed.take_back(config)
        refuse_wrong_settings(config)
        if faults := [
            fault for name in self.config.raw_html if (fault := missing_entry_fault(name, Path(config.docs_dir)))
        ]:
            raise misconfigured(faults)
        keep_warnings(is_strict=config.strict)
        raw = tuple(self.config.raw_html)
        language = language_of(config)
        defaults.apply(config, language, self.config.without_features)
        search.configure(config)
        self.root, self.docs = root_of(config), config.docs_dir
        self.problems = ()
        self.removals = Removals(self.root, Path(self.docs))
        try:
            cache = self.root / self.config.cache_dir
            docs, day = Path(config.docs_dir), day_of_build()
            self.said = said = site_of(config, shows_drafts=self.is_served, without=self.config.without)
            self.draft = draft_handbook(self.root, docs, due_by=day, parses_shell=True, cache=cache, raw=raw, site=said)
            if self.is_building:
                self.publication.begin(config, is_dirty=self.is_dirty, by_files=self.config.change_over == "files")
        except ProblemsError as error:
            raise refused(error.problems) from None
        defaults.register_abbreviations(config, hover_texts(self.draft.handbook.graph.all(Term)))
        self.wall = SitePolicy(self.config.policy, config)
        described = f"{raw} {edit_settings(config)}"
        self.keeping = Keeping(functools.partial(is_raw, raw=raw), described, self.removals.report, language)
        self.keeping.install(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Open what the last build kept and confine the macros, now that every plugin has changed the configuration."""
        techdocs.settle(config)
        self.kept = BuildCache(self.root / self.config.cache_dir, config)
        if plugin := macros.macros_plugin(config):
            confine(plugin)

    @event_priority(100)
    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated pages, the assets and the navigation. Raises Abort after printing all problems."""
        self.site = self.made(config)
        self.handbook = self.finished()
        self.origins = Origins(config, self.root, self.site.owners, self.handbook.graph.lines_by_page)
        self.keeping.gone, self.keeping.edit = self.site.gone, self.origins.edit_address
        leave_out(files, self.site.gone)
        graph = self.handbook.graph
        own = graph.by_id(WrittenPage)
        for page in self.site.pages:
            self.keeping.add(page)
            add_page(files, page, self.origins, own, inclusion(page.path, self.said))
        self.attached = {asset.path: asset for asset in attached_files(self.root)}
        pictures = picture_assets(self.handbook.graph, cache=self.root / self.config.cache_dir / "pictures")
        made = wanted_assets(self.site.assets, files, machine_readable=self.config.machine_readable)
        self.copies = OfflineCopies.of(self.config, self.root, files, is_served=self.is_served)
        own_files = web.assets(*languages_of(config), worker=self.copies.worker)
        for asset in (*made, *self.attached.values(), *pictures, *own_files):
            for file in asset_files(self.wall.around_asset(asset), config):
                replace_file(files, file)
        notebooks.ignore_scripts(config, filter(None, (self.origins.file(page.path) for page in self.site.pages)))
        said, config.nav = config.nav, site_navigation(config, files, self.site, self.handbook.graph)
        self.listed = Listed(config.nav, said, files)
        gc.freeze()  # All this lives as long as the build, and is large: no use to look for garbage in it at each page.
        return files

    @event_priority(BEFORE)
    def lend_files(self, files: Files, config: MkDocsConfig) -> None:
        """Let the generated files pass for hand-written ones where a plugin wants that."""
        self.loan = Loan(self.origins, files)

    @event_priority(AFTER)
    def settle_files(self, files: Files, config: MkDocsConfig) -> None:
        """Give the generated files back what they are, and to the copies that a plugin has made of them."""
        self.loan.end(files)
        self.listed.settle(config, files)
        language = site_language(self.handbook.graph)
        self.changes = LastChanges(self.origins, files, language) if self.config.last_change else None

    on_files = CombinedEvent(add_files, lend_files, settle_files)

    def add_problem(self, problem: Problem) -> None:
        """Note a problem that ends the build once every page is read."""
        self.problems += (problem,)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Escape the titles that `mkdocs.yml` gives, and write addresses into the assets."""
        self.keeping.files = files
        settle_assets(files, self.attached)
        titles.settle_navigation(nav.items)
        self.kept.adopt_steps(self, config)
        return nav

    def made(self, config: MkDocsConfig) -> Site:
        """Return the site. Raises Abort if a page cannot be made, or if two pages or files claim one address."""
        try:
            self.published = made = Published.of(self.root, Path(config.docs_dir), self.draft.handbook.graph, self.said)
        except ProblemsError as error:
            raise refused(error.problems) from None
        if problems := [*made.problems(), *overwritten_files(config, made.written, made.docs)]:
            raise refused(ProblemsError(problems).problems)
        retell(pages.__name__, LinkFaults(made).retold)
        return made.site

    def finished(self) -> Handbook:
        """Wait for the shell's parser, log the warnings, and return the handbook. Raises Abort if it has errors."""
        try:
            handbook = self.draft.finish()
        except ProblemsError as error:
            raise refused(error.problems) from None
        for warning in handbook.warnings:
            log.warning(str(warning))
        self.removals.told = handbook.warnings
        for problem in (*handbook.due, *handbook.unread):
            log.info(str(problem))  # Not a warning, which ends a strict build: see `handbook.due`.
        return handbook

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Reuse the HTML of the last build for a page that has not changed, and limit the time to render any other."""
        self.origins.link(page)
        self.kept.adopt_page(page)
        bound(page, self.removals.source_name(page.file.src_uri), self.add_problem)
        return page

    @event_priority(100)
    def begin_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Find all mistakes in the calls of a page before mkdocs-macros stops at the first one."""
        self.here = CallSite(self.handbook.graph, page.file.src_uri, self.keeping.begin(page.file.src_uri))
        if written := self.handbook.graph.by_id(WrittenPage).get(page.file.src_uri):
            page.meta = said_meta(written, page.meta)
        own = markdown  # What a person wrote of it.
        if self.changes:
            self.changes.tell(page)
        if self.origins.is_generated(page.file):
            page.meta = meta_with_addresses(page.meta, files, page.file)
            own = without_tokens(written.markdown) if written else markdown
        else:
            own = markdown = without_tokens(markdown)
        if (plugin := macros.macros_plugin(config)) and macros.is_rendered(plugin, page):
            found = page_problems(plugin, page, own, self.root)
            self.problems += found
            macros.let_render(page, wanted=not found)
        markdown = self.published.on_page(markdown, page.file.src_uri)
        return without_braces(markdown) if is_text(page, self.origins) else markdown

    @event_priority(-100)
    def end_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Show the braces of a page again that were hidden from the other plugins."""
        return with_braces(markdown) if is_text(page, self.origins) else markdown

    on_page_markdown = CombinedEvent(begin_markdown, end_markdown)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Prepare the templates. Raises Abort if a page has a wrong call, since every page is read by now."""
        if self.problems:
            raise refused(ProblemsError(self.problems).problems)
        self.kept.adopt_environment(env)
        refuse_silent_swaps(env, config)
        wrap_templates(env)
        self.wall.allow_templates(env, config, files)
        for problem in missing_assets(config, files):
            log.warning(str(problem))
        self.shown = titles.shown(config)
        self.around = PageSurroundings.of(config, self.config.issue_url, self.origins, language_of(config))
        return env

    def on_page_content(self, content: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Escape the titles of a page, since themes print them unescaped, and declare the anchors in its HTML."""
        set_title(page, self.keeping.title(page.file.src_uri, str(page.title)))
        titles.settle_page(page)
        declare_anchors(page)
        return search.with_hidden_words(content, page, config)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template of a page the settings with escaped texts."""
        titles.settle_contents(page.toc)
        context["config"] = self.shown
        context.update(self.around.context(page))  # type: ignore[typeddict-item] # Names of our own templates.
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give a template that belongs to no page the same settings."""
        context["config"] = self.shown
        return context

    @event_priority(100)
    def begin_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Look at a page before the other plugins change it."""
        self.wall.begin_page(output)
        return output

    @event_priority(-100)
    def end_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put the policy on a page after the other plugins have changed it."""
        return self.wall.around_page(output, page.file.src_uri)

    on_post_page = CombinedEvent(begin_page, end_page)

    @event_priority(100)
    def begin_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Look at a page that is made of no source, such as the one for unknown addresses."""
        self.wall.begin_page(output)
        return output

    @event_priority(-100)
    def end_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the policy on such a page."""
        return self.wall.around_page(output, template_name) if template_name.endswith(".html") else output

    on_post_template = CombinedEvent(begin_template, end_template)

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Delete cached entries of pages that no longer exist, then publish the site that all plugins have written.

        Raises Abort if the site cannot be written.
        """
        self.kept.prune()
        self.kept.close()
        self.wall.finish()
        divide_index(config, self.handbook.graph.all(Term), languages_of(config))
        try:
            self.publication.end(config, self.copies.add)
        except ProblemsError as error:
            raise refused(error.problems) from None

    @event_priority(-1000)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site as it was and close everything. A full disk is no bug, so it raises Abort with one line."""
        self.on_shutdown()
        if problem := self.publication.problem(error):
            raise refused((problem,)) from None

    def on_shutdown(self) -> None:
        """Remove what was built and not published, however the run ended."""
        retell(pages.__name__, None)
        self.publication.fail()
        if "kept" in vars(self):
            self.kept.close()

    @event_priority(-1000)
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Rebuild when a file of the handbook changes, and serve the last good site meanwhile."""
        watch_sources(server, self.root, WATCHED)
        watch_named_files(server, self.root, lambda: files_named_by(self.handbook.graph))
        self.wall.allow_live_reload(server)
        LastGoodSite(server, self.publication.changing, language_of(config))
        return server
