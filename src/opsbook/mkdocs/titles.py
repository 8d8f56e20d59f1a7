"""Escape, in this one place, everything that a theme prints as a title.

Themes print titles, descriptions and the name of the site between tags or within attributes, sometimes escaped and
sometimes not. So each is escaped once, as `Markup`, which is printed unchanged and which the filter `e` leaves alone.
An entity in the text, such as `R&amp;D`, counts as its character.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from opsbook.mkdocs.compat.config import copied
from opsbook.mkdocs.compat.pages import set_title

META = ("title", "description", "author", "subtitle", "status")
"""What the theme prints of a page's front matter."""
SETTINGS = ("site_name", "site_description", "site_author", "repo_name")
"""What the theme prints of `mkdocs.yml`. `copyright` is HTML by its definition."""


def title(text: object) -> Markup:
    """Return `text` escaped for any place between tags or within quotes.

    >>> str(title('a <b> &amp; "c"'))
    'a &lt;b&gt; &amp; &#34;c&#34;'
    """
    return escape(html.unescape(str(text)))


def title_text(text: object) -> str:
    """Return the text of a title that `title` has escaped.

    >>> title_text(title('a <b> & "c"'))
    'a <b> & "c"'
    """
    return html.unescape(str(text))


def settle_page(page: Page) -> None:
    """Escape the title of `page` and what the theme prints of its front matter."""
    set_title(page, title(page.title))
    for key in META:
        if page.meta.get(key) is not None:
            # Plain strings, since front matter is written to files as YAML too.
            page.meta[key] = str(title(page.meta[key]))


def settle_contents(anchors: Iterable[AnchorLink]) -> None:
    """Escape the titles in a table of contents. Markdown escapes its own, but plugins may add unescaped ones."""
    for anchor in anchors:
        anchor.title = title(anchor.title)
        settle_contents(anchor.children)


def settle_navigation(items: Iterable[StructureItem]) -> None:
    """Escape the titles of sections and links below `items`. A page gets its title when it is rendered."""
    for item in items:
        if isinstance(item, Section | Link):
            item.title = title(item.title)
        if isinstance(item, Section):
            settle_navigation(item.children)


def shown(config: MkDocsConfig) -> MkDocsConfig:
    """Return a copy of `config` for templates, in which the settings that are printed as text are escaped."""
    settings = copied(config)
    for name in SETTINGS:
        if settings[name] is not None:
            settings[name] = title(settings[name])
    return settings
