"""Manage what one build keeps for the next: open it before the build, ask it for each page, and clean it up after."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from opsbook.mkdocs import search
from opsbook.mkdocs.cache.fingerprint import build_fingerprint
from opsbook.mkdocs.cache.render import RenderCache
from opsbook.mkdocs.cache.theme_templates import CompiledTemplates
from opsbook.store import Store


class BuildCache:
    """The rendered pages, the search entries and the compiled templates below `folder`."""

    def __init__(self, folder: Path, config: MkDocsConfig) -> None:
        self.pages, self.entries, self.templates = (Store(folder / name) for name in ("pages", "search", "templates"))
        shared = build_fingerprint(config)
        self.renders = RenderCache(self.pages, shared) if shared else None
        search.install(config, self.entries)

    def adopt_page(self, page: Page) -> None:
        """Let `page` render from the cache, if that is safe with this configuration."""
        if self.renders:
            self.renders.adopt(page)

    def adopt_environment(self, environment: Environment) -> None:
        """Let the theme's templates load from the cache."""
        environment.bytecode_cache = CompiledTemplates(self.templates)

    def prune(self) -> None:
        """Delete the entries that a complete build did not use."""
        for store in (self.pages, self.entries, self.templates):
            store.prune()

    def close(self) -> None:
        """Close the files."""
        for store in (self.pages, self.entries, self.templates):
            store.close()
