"""Let the search of the theme find the words that on-call people type: alert names, parts of them, error texts.

The entries of the theme's index get `words`, which are searched and never shown, and say whether a page is about
trouble. A page asks for both in its front matter:

    tags: [KubePodCrashLooping]            # shown beside the result
    search:
      words: [CrashLoopBackOff, back-off restarting failed container]
      trouble: true
      boost: 2
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from opsbook.mkdocs.compat.search import IndexEntry, ThemeIndex, search_plugin, set_index
from opsbook.mkdocs.searchwords import page_words
from opsbook.store import Store, key_of
from opsbook.versions import OF_PAGES, versions

SEPARATOR = r"""&[lg]t;|&amp;|[\s\u200b\-_,:;!?=\[\]{}()<>"'`/\\|@#$%&*+~^]+|\.(?!\d)"""
"""Where words end: white space and punctuation, and a point that is in no number. A name in capitals stays whole.

Zensical reads it as an expression of Unicode, which knows no backslash before a character that needs none.
"""
WORDS = "words"
TECHDOCS = "techdocs_metadata.json"
"""The file that makes a site one of Backstage's TechDocs, which reads title and text of an entry of the index alone."""
FIELDS = {"title": 1e3, "tags": 1e3, "text": 1.0}

_BLOCK = re.compile(r"<pre\b")
_FIGURE = re.compile(r"<figure\b(?P<attributes>[^<>]*)>")
_EXCLUDED = re.compile(r"\bdata-search-exclude\b")
_SPAN = re.compile(r'<span(?: [\w-]+="[^"<>]*")*>')
_SPANS = re.compile(rf"{_SPAN.pattern}|</span>")


def configure(config: MkDocsConfig) -> None:
    """Fill in what `mkdocs.yml` leaves open in the settings of the search plugin, before the plugin reads them."""
    if plugin := search_plugin(config):
        plugin.config.separator = plugin.config.separator or SEPARATOR
        plugin.config.fields = {name: {"boost": boost} for name, boost in FIELDS.items()} | plugin.config.fields


def install(config: MkDocsConfig, store: Store) -> None:
    """Replace the index of the search plugin, which makes a new one before every build, by an `Index`."""
    if (plugin := search_plugin(config)) and plugin.config.enabled:
        set_index(plugin, Index(store, **plugin.config))


def with_hidden_words(content: str, page: Page, config: MkDocsConfig) -> str:
    """Return the HTML of `page` with its words, out of sight, where another search than the theme's reads it."""
    is_read_by_another = TECHDOCS in config.theme.static_templates or (
        "search" in config.plugins and not search_plugin(config)
    )
    if not is_read_by_another or (page.meta.get("search") or {}).get("exclude"):
        return content
    words = f"<p hidden>{_words(page)}</p>\n"
    at = content.find("<h2")
    return content[:at] + words + content[at:] if at >= 0 else content + words


class Index(ThemeIndex):
    """The theme's index, which takes the entries of an unchanged page from `store`."""

    def __init__(self, store: Store, **config: Any) -> None:
        super().__init__(**config)
        self.store = store

    def entries_of(self, page: Page) -> list[IndexEntry]:
        """Return the entries of `page`: the page itself first, then its sections."""
        content = page.content or ""
        said = [page.meta.get(key) for key in ("title", "tags", "search")]
        key = key_of(versions(*OF_PAGES), page.url, str(page.title), json.dumps(said, default=str), content)
        entries: list[IndexEntry] | None = self.store.read_json(page.file.src_uri, key)
        if entries is None:
            shown = _replaced(_BLOCK, "</pre>", _plain, _replaced(_FIGURE, "</figure>", _shown, content))
            entries = finished(self.theme_entries(page, shown), page)
            self.store.write_json(page.file.src_uri, key, entries)
        return entries


def finished(entries: list[IndexEntry], page: Page) -> list[IndexEntry]:
    """Return the theme's `entries` of one page with words; tags and words are those of the page, not of its sections.

    The theme shows title, text and tags of a result as HTML. Its parser escapes the text of the page. The title in the
    front matter was escaped for attributes too, and the index would take the entity of a quote for a word.
    """
    said = page.meta.get("search") or {}
    for number, entry in enumerate(entries):
        entry["title"] = entry["title"].replace("&#34;", '"').replace("&#39;", "'")
        if "tags" in entry:
            entry["tags"] = [html.escape(tag, quote=False) for tag in entry["tags"]]
        if number == 0:
            entry[WORDS] = [str(words) for words in said.get("words") or []]
            entry["trouble"] = bool(said.get("trouble"))
        else:
            entry.pop("tags", None)
    return entries


def _words(page: Page) -> str:
    return page_words(html.unescape(str(page.meta.get("title", page.title))), page.meta)


def _replaced(start: re.Pattern[str], end: str, put: Callable[[str], str], html: str) -> str:
    """Return `html` with each element, from `start` to the next `end`, replaced by what `put` returns for it."""
    pieces, at = [], 0
    while (found := start.search(html, at)) and (close := html.find(end, found.end())) >= 0:
        pieces += [html[at : found.start()], put(html[found.start() : close + len(end)])]
        at = close + len(end)
    return "".join([*pieces, html[at:]])


def _shown(figure: str) -> str:
    """Return `figure`, or the empty text if it is marked to be left out of the index."""
    tag = _FIGURE.match(figure)
    return "" if tag and _EXCLUDED.search(tag["attributes"]) else figure


def _plain(html: str) -> str:
    """Return a block of code without its colours, which the index ignores and which are more than half of all tags."""
    is_known = "data-search" not in html and len(_SPAN.findall(html)) == html.count("<span")
    return _SPANS.sub("", html) if is_known else html
