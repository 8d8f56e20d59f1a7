"""The one place where what a theme prints as a title becomes text of a page.

Themes print titles, descriptions and the name of the site here between tags and there within an attribute, now escaped
and now as they are. So each is escaped once, as `Markup`: that is printed as it stands, and the
filter `e` leaves it alone. What is written as an entity, such as `R&amp;D`, stands for its character.
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
    """Return `text` as characters of a page, for any place between tags or within quotes.

    >>> str(title('a <b> &amp; "c"'))
    'a &lt;b&gt; &amp; &#34;c&#34;'
    """
    return escape(html.unescape(str(text)))


def settle_page(page: Page) -> None:
    """Make text of the title of `page` and of what the theme prints of its front matter."""
    set_title(page, title(page.title))
    for key in META:
        if page.meta.get(key) is not None:
            # Plain strings, since front matter is written to files as YAML too.
            page.meta[key] = str(title(page.meta[key]))


def settle_contents(anchors: Iterable[AnchorLink]) -> None:
    """Make text of the titles in a table of contents. Markdown escapes its own; plugins add some as they are."""
    for anchor in anchors:
        anchor.title = title(anchor.title)
        settle_contents(anchor.children)


def settle_navigation(items: Iterable[StructureItem]) -> None:
    """Make text of the titles of sections and links below `items`. Pages say theirs when they are rendered."""
    for item in items:
        if isinstance(item, Section | Link):
            item.title = title(item.title)
        if isinstance(item, Section):
            settle_navigation(item.children)


def shown(config: MkDocsConfig) -> MkDocsConfig:
    """Return `config` for templates: the same settings, with those that are printed as text of a page."""
    settings = copied(config)
    for name in SETTINGS:
        if settings[name] is not None:
            settings[name] = title(settings[name])
    return settings
