"""Keep the pages of the site the same beside mkdocs-techdocs-core, the plugin that Backstage builds by.

It changes the configuration after this plugin has filled it in, and says nothing of it.
"""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs import search
from opsbook.mkdocs.compat.config import put_bundle_first
from opsbook.mkdocs.compat.search import search_plugin, silence_second_search

BUNDLE = "pymdownx.extra"
PLAIN_SEARCH = "search/main.js"
log = logging.getLogger("mkdocs.plugins.opsbook")


def settle(config: MkDocsConfig) -> None:
    """Restore what other plugins replaced of the settings, and say what Backstage's takes away."""
    put_bundle_first(config, BUNDLE)
    if search.TECHDOCS in config.theme.static_templates:
        _settle_search(config)
        search_box = "" if "material/search" in config.plugins else " and the search box"
        log.info("mkdocs-techdocs-core takes the palette%s away; Backstage has its own", search_box)


def _settle_search(config: MkDocsConfig) -> None:
    """Let the site's own search plugin be the only one; set up the one that TechDocs brings where there is none."""
    if "material/search" in config.plugins:
        silence_second_search(config)
    elif plugin := search_plugin(config):
        plugin.config.separator, plugin.config.fields = "", {}
        search.configure(config)
    # The script of MkDocs' plain search finds nothing to work on in this theme, and ends in an error on every page.
    config.extra_javascript = [each for each in config.extra_javascript if str(each) != PLAIN_SEARCH]
