"""Take from the last build what reading and rendering a page left for others, where its inputs are the same.

That is its front matter, its title, its anchors and links, and what was logged. The HTML itself is fetched only where a
template asks for it. Pages that are not kept are read in several processes where there are many of them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opsbook.mkdocs.cache.calls import shows_the_engine_alone
from opsbook.mkdocs.cache.inputs import read_from, shared_by_reading
from opsbook.mkdocs.cache.plain import is_plain
from opsbook.mkdocs.cache.render import RenderCache
from opsbook.mkdocs.cache.said import recorded, repeat
from opsbook.mkdocs.cache.spread import LEAST, processes, spread
from opsbook.mkdocs.compat.building import original_steps, page_state
from opsbook.mkdocs.compat.macros import SWITCH, macros_plugin, may_render
from opsbook.mkdocs.compat.pages import outline_parts, restore_body, restore_outline
from opsbook.store import Store, key_of

if TYPE_CHECKING:
    from opsbook.mkdocs.plugin import OpsbookPlugin

ReadEntry = dict[str, Any]
_LEFT = frozenset(
    {
        *("content", "edit_url", "markdown", "meta", "render", "title", "toc"),
        *("_title_from_render", "links_to_anchors", "present_anchor_ids"),
    }
)
"""The attributes of a page that reading and rendering may set. A page with others is read anew in each build."""


class ReadPages:
    """The pages of one build of `book`, as they are read. `count` processes may work at once; 0 for all there are."""

    def __init__(self, book: OpsbookPlugin, config: MkDocsConfig, store: Store, renders: RenderCache) -> None:
        self.book, self.store, self.renders = book, store, renders
        self.config = config
        self.count = book.config.workers
        self.macros = macros_plugin(config)
        self.shared = ""
        self.keys: dict[str, str] = {}
        """The key of each page that was read, by its path; a page that depends on more than is known has none."""
        self._asked: dict[str, str | None] = {}
        self._called: set[str] = set()
        """The pages that call macros."""
        self._bodies: dict[str, str] = {}
        """The key of the HTML of each page that does not have it."""
        self._elsewhere: dict[str, tuple[ReadEntry | None, ReadEntry | None]] = {}
        """What other processes have made, by the path of the page: what is kept of it, and its HTML."""
        self._is_spread = False
        self._read, _ = original_steps()

    def read(self, page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
        """Read and render `page`, or take what that left the last time."""
        if config is not self.config or dirty:
            self._read(page, config, files, dirty)
            return
        if not self.shared:
            self.files = files
            self.shared = shared_by_reading(self.book, config, files, self.renders.shared)
        elif not self._is_spread:  # After the first page, with all that Markdown loads for it.
            self._is_spread = True
            self._read_apart()
        path, key = page.file.src_uri, self._key(page)
        entry, body = self._elsewhere.pop(path, (None, None))
        if entry is None and key:
            entry = self.store.read_json(path, key)
        if entry is None:
            entry = self._made(page)
            if key and entry:
                self.store.write_json(path, key, entry)
        else:
            self._restore(page, entry, body)
        if key and entry:
            self.keys[path] = key

    def complete(self, page: Page) -> None:
        """Put its HTML on `page`, which a template is going to ask for."""
        key = self._bodies.pop(page.file.src_uri, None)
        if key and not self.renders.restore_content(page, key):
            with _nothing_said():
                self._read(page, self.config, self.files, False)

    def _key(self, page: Page) -> str | None:
        """Return the key of what reading leaves of `page`; None where that depends on more than is known."""
        path = page.file.src_uri
        if path not in self._asked:
            self.book.origins.link(page)
            try:
                text, known = read_from(self.book, page)
            except (OSError, ValueError):  # As MkDocs is going to say.
                return None
            is_called = self.macros and may_render(self.macros, page.file.src_path, text)
            is_safe = not is_called or (self.macros and shows_the_engine_alone(self.macros, text))
            self._asked[path] = key_of(self.shared, text, known) if is_safe else None
            if is_called:
                self._called.add(path)
        return self._asked[path]

    def _made(self, page: Page) -> ReadEntry | None:
        """Read and render `page`. Return what is kept of it; None where it has left more than that."""
        before, faults = page_state(page), len(self.book.problems)
        with recorded() as said:
            self._read(page, self.config, self.files, False)
        after = page_state(page)
        changed = {name for name, value in after.items() if name not in before or before[name] is not value}
        rendered = self.renders.rendered.pop(page.file.src_uri, None)
        is_whole = (
            changed <= _LEFT
            and isinstance(after.get("title"), Markup)
            and faults == len(self.book.problems)
            and (not page.meta.get(SWITCH) or page.file.src_uri in self._called)
            and is_plain(page.meta)
        )
        if not rendered or rendered.content is not page.content or not is_whole:
            return None
        return {**outline_parts(page), "body": rendered.key, "said": said}

    def _restore(self, page: Page, entry: ReadEntry, body: ReadEntry | None) -> None:
        restore_outline(page, entry, self.files)
        repeat(entry["said"])
        if body:
            restore_body(page, body)
        else:
            self._bodies[page.file.src_uri] = entry["body"]
            self.renders.store.use(page.file.src_uri)

    def _read_apart(self) -> None:
        """Read and render the pages that are not kept in other processes."""
        if (count := processes(self.count)) < 2:
            return
        pages = [file.page for file in self.files.documentation_pages() if file.page]
        keyed = [(page, key) for page in pages if page.content is None and (key := self._key(page))]
        missing = [(page, key) for page, key in keyed if not self.store.has(page.file.src_uri, key)]
        if len(missing) < LEAST:
            return
        rendered: list[tuple[str, str, bytes]] = []

        def work(number: int) -> object:
            nonlocal rendered
            if self.renders.store.is_original:
                rendered = self.renders.store.divide()
            rendered.clear()
            with recorded(aloud=False):
                entry = self._made(missing[number][0])
            return entry and [entry, [content.decode() for _, _, content in rendered]]

        for number, (entry, bodies) in spread(count, len(missing), work):
            page, key = missing[number]
            path = page.file.src_uri
            for body in bodies:
                self.renders.store.write(path, entry["body"], body.encode())
            self.store.write_json(path, key, entry)
            self._elsewhere[path] = entry, json.loads(bodies[0]) if bodies else None


@contextmanager
def _nothing_said() -> Iterator[None]:
    """Let nothing be logged, since it has been before."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
