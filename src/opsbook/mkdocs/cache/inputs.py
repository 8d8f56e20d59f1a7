"""Describe everything that a page can depend on, as texts for its keys. In doubt, more than it does depend on."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from opsbook.mkdocs.cache.fingerprint import stable_text
from opsbook.mkdocs.cache.hindrance import is_known
from opsbook.mkdocs.cache.site_templates import template_digests
from opsbook.mkdocs.compat.building import page_state
from opsbook.mkdocs.compat.pages import toc_tokens
from opsbook.nouns.page.model import WrittenPage
from opsbook.store import key_of
from opsbook.versions import engine_digest, installed

if TYPE_CHECKING:
    from opsbook.mkdocs.plugin import OpsbookPlugin

_SETTINGS = frozenset(
    {
        *("config_file_path", "dev_addr", "docs_dir", "draft_docs", "exclude_docs", "hooks", "mdx_configs", "nav"),
        *("not_in_nav", "plugins", "site_dir", "theme", "watch"),
    }
)
"""The settings that are described otherwise: by the files, the navigation and what Markdown is set up with."""


def shared_by_reading(book: OpsbookPlugin, config: MkDocsConfig, files: Files, rendering: str) -> str:
    """Return a text for all that the reading of any page may depend on, beside the page itself.

    `rendering` is that for what Markdown makes of it.

    Raises UnknownValueError where a setting does not tell its effect.
    """
    addresses = [[file.src_uri, file.dest_uri, file.url, file.inclusion.value] for file in files]
    settings = {key: value for key, value in config.items() if key not in _SETTINGS}
    plugins = [[name, dict(plugin.config)] for name, plugin in config.plugins.items() if is_known(plugin)]
    theme = [{key: str(value) if key == "locale" else value for key, value in config.theme.items()}]
    return key_of(
        rendering,
        installed(),
        engine_digest(),
        stable_text([settings, plugins, theme, sorted(config.theme.static_templates)]),
        json.dumps(addresses),
        json.dumps(sorted(book.published.targets.pages.items())),
        "\n".join(map(str, book.removals.told)),
        str(logging.getLogger("mkdocs").getEffectiveLevel()),
        str(book.is_served),
    )


def read_from(book: OpsbookPlugin, page: Page) -> tuple[str, ...]:
    """Return what the reading of `page` depends on: its file, and what the engine and `nav` know of it.

    Raises OSError and ValueError where its file cannot be read.
    """
    file = page.file
    path = file.src_uri
    written = book.handbook.graph.by_id(WrittenPage).get(path)
    change = book.changes.changes.get(path) if book.changes else None
    known = (
        *(file.src_uri, file.dest_uri, file.url, file.inclusion.value, page.is_homepage),
        *(page_state(page).get("title"), page.edit_url, page.canonical_url, page.abs_url),
        *(book.origins.owners.get(path), book.keeping.sources.get(path), change, written and dict(written.meta)),
    )
    return file.content_string, repr(known)


def shared_by_writing(book: OpsbookPlugin, config: MkDocsConfig, nav: Navigation) -> str:
    """Return a text for all that the template of any page may depend on, beside the page and its neighbours."""
    return key_of(
        str(book.wall.policy),
        str(book.wall.has_mermaid),
        json.dumps([_item(item) for item in nav.items], default=repr),
        *template_digests(config),
    )


def written_from(page: Page, read: str | None, *, excluded: bool) -> tuple[str, ...]:
    """Return what the HTML of `page` is made of: `read`, the key of its reading, and what the templates ask of others.

    Where it has no such key, such as a page with macros, return its texts themselves.
    """
    near = [(each.title, each.url) if each else None for each in (page.previous_page, page.next_page)]
    above = [(each.title, each.is_section) for each in page.ancestors]
    whole = [] if read else [page.title, page.meta, page.edit_url, page.canonical_url, page.content, toc_tokens(page)]
    return read or "", repr((near, above, excluded, page.url, page.is_homepage)), json.dumps(whole, default=repr)


def _item(item: StructureItem) -> list[Any]:
    meta = item.meta if isinstance(item, Page) else {}
    shown = {key: meta[key] for key in ("icon", "lists_section", "status", "subtitle", "title") if key in meta}
    below = [_item(child) for child in getattr(item, "children", None) or ()]
    return [type(item).__name__, str(item.title), getattr(item, "url", None), shown, below]
