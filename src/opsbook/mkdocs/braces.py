"""Keep generated pages from plugins that take every page for a template.

Such a page shows how to call a macro, or quotes the annotations of an alert. mkdocs-macros asks the front matter of a
page whether it is a template; others, such as markdownextradata, render each page they are given. They get such a page
with other characters in place of its braces.
"""

from __future__ import annotations

from mkdocs.structure.pages import Page as MkDocsPage

from opsbook.mkdocs.compat.macros import SWITCH
from opsbook.mkdocs.origins import Origins

TEMPLATE_PLUGINS = frozenset({"markdownextradata", "external-markdown"})
"""Plugins that render every page, as mkdocs.yml names them."""

# Noncharacters, as those of the tokens are: no text of a user may hold one.
_HIDDEN = {"{": "\ufdd8", "}": "\ufdd9"}
_HIDE = str.maketrans(_HIDDEN)
_SHOW = str.maketrans({hidden: brace for brace, hidden in _HIDDEN.items()})


def is_text(page: MkDocsPage, origins: Origins) -> bool:
    """Return whether the braces of `page` are text to every plugin.

    They are where the engine alone has written the page. In a runbook or a post-mortem they may be meant for a plugin
    that includes files, but not for one that would choke on the labels of an alert.
    """
    if page.meta.get(SWITCH) or not origins.is_generated(page.file):
        return False
    source = origins.file(page.file.src_uri)
    if source is None or source.suffix != ".md":
        return True
    return not source.is_relative_to(origins.docs) and not TEMPLATE_PLUGINS.isdisjoint(origins.config.plugins)


def without_braces(markdown: str) -> str:
    """Return `markdown` with its braces hidden."""
    return markdown.translate(_HIDE)


def with_braces(markdown: str) -> str:
    """Return `markdown` with its hidden braces shown again."""
    return markdown.translate(_SHOW)
