"""Say what stands in the way of taking whole pages from the cache: code that may change a page, and is not known."""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.cache.site_templates import reads_other_pages
from opsbook.mkdocs.compat import macros
from opsbook.mkdocs.compat.search import search_plugin
from opsbook.mkdocs.compat.theme import THEME

KNOWN = frozenset(
    {
        "material.plugins.offline.plugin.OfflinePlugin",
        "material.plugins.search.plugin.SearchPlugin",
        "mkdocs_macros.plugin.MacrosPlugin",
        "mkdocs_redirects.plugin.RedirectPlugin",
        "opsbook.mkdocs.plugin.OpsbookPlugin",
    }
)
"""The plugins whose part in a page depends on nothing but the inputs that are in its key."""
BEFORE_PAGES = frozenset({"build_error", "config", "files", "nav", "pre_build", "serve", "shutdown", "startup"})
"""The events whose effects are in the configuration, the files and the navigation, which are in the key whole."""


def hindrance(config: MkDocsConfig) -> str | None:
    """Return why no page of a build with `config` may be taken whole from the cache; None where each may."""
    names = {id(plugin): name for name, plugin in config.plugins.items()}
    for event, methods in config.plugins.events.items():
        for method in methods if event not in BEFORE_PAGES else ():
            owner = getattr(method, "__self__", None)
            if owner is None:
                return f"a hook handles `on_{event}`"
            if not is_known(owner):
                return f"the plugin `{names.get(id(owner), type(owner).__name__)}` handles `on_{event}`"
    plugin = macros.macros_plugin(config)
    if plugin and macros.has_functions_for_each_page(plugin):
        return "the module of `macros` has functions for every page"
    search = search_plugin(config)
    if search and (search.config.jieba_dict or search.config.jieba_dict_user):
        return "the search reads a dictionary"
    if config.theme.name != THEME:
        return f"the theme is not {THEME}"
    if config.extra_templates or reads_other_pages(config):
        return "a template of the site may show the text of any page"
    return None


def is_known(plugin: object) -> bool:
    """Return whether `plugin` is one of `KNOWN`."""
    return f"{type(plugin).__module__}.{type(plugin).__qualname__}" in KNOWN


def is_verbose() -> bool:
    """Return whether MkDocs tells each of its steps, which nobody would see of a page that is not made anew."""
    return logging.getLogger("mkdocs").getEffectiveLevel() <= logging.DEBUG
