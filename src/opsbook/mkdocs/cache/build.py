"""Manage what one build keeps for the next: open it before the build, ask it for each page, and clean it up after."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from opsbook.mkdocs import search
from opsbook.mkdocs.cache.fingerprint import build_fingerprint
from opsbook.mkdocs.cache.hindrance import hindrance, is_verbose
from opsbook.mkdocs.cache.reading import ReadPages
from opsbook.mkdocs.cache.render import RenderCache
from opsbook.mkdocs.cache.theme_templates import CompiledTemplates
from opsbook.mkdocs.cache.writing import WrittenPages
from opsbook.mkdocs.compat.building import replace_steps, restore_steps
from opsbook.store import Store

if TYPE_CHECKING:
    from opsbook.mkdocs.plugin import OpsbookPlugin

log = logging.getLogger("mkdocs.plugins.opsbook")


class BuildCache:
    """The rendered pages, the search entries and the compiled templates below `folder`."""

    def __init__(self, folder: Path, config: MkDocsConfig) -> None:
        self.stores = {name: Store(folder / name) for name in ("pages", "search", "templates", "read", "written")}
        self.pages, self.entries, self.templates, *_ = self.stores.values()
        self.is_partial = False
        """Whether a build need not use every template of the site."""
        shared = build_fingerprint(config)
        self.renders = RenderCache(self.pages, shared) if shared else None
        search.install(config, self.entries)

    def adopt_page(self, page: Page) -> None:
        """Let `page` render from the cache, if that is safe with this configuration."""
        if self.renders:
            self.renders.adopt(page)

    def adopt_steps(self, book: OpsbookPlugin, config: MkDocsConfig) -> None:
        """Let the pages of this build of `book` be taken whole from the cache, if that is safe."""
        if not book.config.reuse_pages or book.is_dirty or is_verbose():
            return
        if not self.renders or (reason := hindrance(config)):
            why = reason if self.renders else "a Markdown extension may read other files"
            log.info("Every page is made anew, since %s", why)
            return
        reading = ReadPages(book, config, self.stores["read"], self.renders)
        writing = WrittenPages(book, reading, self.stores["written"], self.entries, self.templates)
        replace_steps(reading.read, writing.write)
        self.is_partial = True

    def adopt_environment(self, environment: Environment) -> None:
        """Let the theme's templates load from the cache."""
        environment.bytecode_cache = CompiledTemplates(self.templates)

    def prune(self) -> None:
        """Delete the entries that a complete build did not use."""
        for store in self.stores.values():
            if store is not self.templates or not self.is_partial:
                store.prune()

    def close(self) -> None:
        """Close the files, and let MkDocs make pages by itself again."""
        restore_steps()
        for store in self.stores.values():
            store.close()
