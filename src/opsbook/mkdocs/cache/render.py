"""Render a page with Markdown, or restore what Markdown made of the same text before.

An entry has everything that `Page.render` leaves behind: the HTML, the table of contents, the title, the anchors, the
links to anchors elsewhere, the files that it looked for with what it found, and its log messages, which are repeated.
"""

from __future__ import annotations

from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opsbook.mkdocs.cache.said import recorded, repeat
from opsbook.mkdocs.compat.pages import (
    WatchedFiles,
    link_target,
    rendered_parts,
    replace_render,
    restore_body,
    restore_parts,
)
from opsbook.mkdocs.keeping import keeping_of
from opsbook.store import Store, key_of


class Rendered(NamedTuple):
    """The HTML of a page, and the key that it is kept under."""

    key: str
    content: str


class RenderCache:
    """Renders the pages of one build. `shared` is the fingerprint of its configuration."""

    def __init__(self, store: Store, shared: str) -> None:
        self.store = store
        self.shared = shared
        self.rendered: dict[str, Rendered] = {}
        """What was rendered, or restored, of each page of this build."""

    def adopt(self, page: Page) -> None:
        """Let `page` render through this cache. The Markdown that counts is the one it has when it is rendered."""

        def render(config: MkDocsConfig, files: Files) -> None:
            self._render(page, config, files)

        replace_render(page, render)

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        file = page.file
        key = key_of(self.shared, file.src_uri, file.url, str(file.inclusion), page.markdown or "")
        entry = self.store.read_json(file.src_uri, key)
        if entry is not None and all(link_target(files, path) == known for path, known in entry["files"].items()):
            restore_parts(page, entry, files)
            self.rendered[file.src_uri] = Rendered(key, page.content or "")
            repeat(entry["said"])
            return
        watched = WatchedFiles(files)
        keeping_of(config).files = watched  # What the engine links to counts as well.
        with recorded() as said:
            type(page).render(page, config, watched)
        self.store.write_json(file.src_uri, key, {**rendered_parts(page), "files": watched.seen, "said": said})
        self.rendered[file.src_uri] = Rendered(key, page.content or "")

    def restore_content(self, page: Page, key: str) -> bool:
        """Put on `page` the HTML and the table of contents kept under `key`; return whether they are there."""
        parts = self.store.read_json(page.file.src_uri, key)
        if parts is not None:
            restore_body(page, parts)
        return parts is not None
