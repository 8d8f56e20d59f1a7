"""Replace the index of Material's search plugin."""

from __future__ import annotations

from typing import Any

from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

IndexEntry = dict[str, Any]


def search_plugin(config: MkDocsConfig) -> SearchPlugin | None:
    """Return the search plugin of the theme; None if the site has another one, or none."""
    return next((plugin for plugin in config.plugins.values() if isinstance(plugin, SearchPlugin)), None)


def silence_second_search(config: MkDocsConfig) -> None:
    """Take its events from a search plugin that was added beside the one of the theme, whose index it would replace."""
    # https://github.com/backstage/mkdocs-techdocs-core/blob/v1.7.1/techdocs_core/core.py#L121
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/plugins.py#L536
    # The theme's plugin is `material/search` and this one is `search`, and both write `search/search_index.json`. The
    # methods of a plugin are listed by event when it is added; no call takes them out again.
    first, second = search_plugin(config), config.plugins.get("search")
    if first and second and second is not first:
        for methods in config.plugins.events.values():
            methods[:] = [method for method in methods if getattr(method, "__self__", None) is not second]


def set_index(plugin: SearchPlugin, index: ThemeIndex) -> None:
    """Replace the index that the pages of this build are added to."""
    # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/plugins/search/plugin.py#L99
    # The plugin makes its index in `on_config` and has no option for another one.
    plugin.search_index = index


def theme_index(config: MkDocsConfig) -> ThemeIndex | None:
    """Return the index that `set_index` gave to the search plugin of a build; None where the site has none."""
    # As for `set_index`.
    index = getattr(search_plugin(config), "search_index", None)
    return index if isinstance(index, ThemeIndex) else None


class ThemeIndex(SearchIndex):
    """The theme's index, which adds what `entries_of` returns for each page."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)  # type: ignore[no-untyped-call]

    def add_entry_from_context(self, page: Page) -> None:
        """Add the entries of `page`: the page itself first, then its sections."""
        # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/plugins/search/plugin.py#L126
        # The plugin calls this for each page. `page.meta["search"]` can leave a page out and weigh it; words that are
        # searched and not shown, and entries that are taken from an earlier build, need the entries themselves.
        self.entries.extend(self.entries_of(page))

    def entries_of(self, page: Page) -> list[IndexEntry]:
        """Return the entries of `page`."""
        return self.theme_entries(page, page.content or "")

    def theme_entries(self, page: Page, content: str) -> list[IndexEntry]:
        """Return the entries that the theme makes of `page` if its HTML is `content`."""
        # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/plugins/search/plugin.py#L181
        # The method reads `page.content` and appends to `self.entries`; there is none that takes HTML and returns.
        before, kept = len(self.entries), page.content
        page.content = content
        try:
            super().add_entry_from_context(page)  # type: ignore[no-untyped-call]
        finally:
            page.content = kept
        entries: list[IndexEntry] = self.entries[before:]
        del self.entries[before:]
        return entries
