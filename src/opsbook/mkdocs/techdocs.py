"""Keep the pages of the site the same beside mkdocs-techdocs-core, the plugin that Backstage builds by.

It changes the configuration after this plugin has filled it in, and says nothing of it.
"""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.compat.config import put_bundle_first

METADATA = "techdocs_metadata.json"
"""The file that makes a site one of TechDocs. The plugin leaves nothing else by which it is known."""
BUNDLE = "pymdownx.extra"
log = logging.getLogger("mkdocs.plugins.opsbook")


def settle(config: MkDocsConfig) -> None:
    """Restore what other plugins replaced of the Markdown extensions, and say what Backstage's takes away."""
    put_bundle_first(config, BUNDLE)
    if METADATA in config.theme.static_templates:
        log.info("mkdocs-techdocs-core takes the palette and the search of the theme away; Backstage has its own")
