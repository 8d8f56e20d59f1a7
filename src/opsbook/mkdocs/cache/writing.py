"""Take from the last build the file of a page, with its entries for the search, where nothing in it has changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from opsbook.mkdocs.cache.inputs import shared_by_writing, written_from
from opsbook.mkdocs.cache.reading import ReadPages
from opsbook.mkdocs.cache.said import recorded, repeat
from opsbook.mkdocs.cache.spread import LEAST, processes, spread
from opsbook.mkdocs.compat.building import original_steps
from opsbook.mkdocs.compat.search import theme_index
from opsbook.store import Store, key_of

if TYPE_CHECKING:
    from opsbook.mkdocs.plugin import OpsbookPlugin

WrittenEntry = dict[str, Any]
_END = b"\n"


class WrittenPages:
    """The pages of one build of `book`, as they are written, with their `entries` for the search."""

    def __init__(self, book: OpsbookPlugin, reading: ReadPages, store: Store, entries: Store, templates: Store) -> None:
        self.book, self.reading, self.store = book, reading, store
        self.entries, self.templates = entries, templates
        self.shared = ""
        self._elsewhere: dict[str, WrittenEntry] = {}
        """What other processes have written, by the path of the page."""
        _, self._write = original_steps()

    def write(
        self,
        page: Page,
        config: MkDocsConfig,
        doc_files: Sequence[File],
        nav: Navigation,
        env: Environment,
        dirty: bool = False,
        excluded: bool = False,
    ) -> None:
        """Put `page` into its template and write it, or write what that gave the last time."""
        step = (config, doc_files, nav, env, dirty)
        if config is not self.reading.config or dirty:
            self._write(page, *step, excluded)
            return
        if not self.shared:
            self.shared = key_of(self.reading.shared, shared_by_writing(self.book, config, nav))
            self._write_apart(doc_files, step)
        path, key = page.file.src_uri, self._key(page, excluded=excluded)
        made = self._elsewhere.pop(path, None) or self._kept(page, key)
        if made is None:
            self._keep(page, key, self._made(page, step, excluded=excluded))
            return
        if index := theme_index(config):
            index.entries.extend(made["entries"])
        repeat(made["said"])

    def _key(self, page: Page, *, excluded: bool) -> str:
        return key_of(self.shared, *written_from(page, self.reading.keys.get(page.file.src_uri), excluded=excluded))

    def _kept(self, page: Page, key: str) -> WrittenEntry | None:
        """Write the file that was kept of `page`, and return what belongs to it; None where there is none."""
        content = self.store.read(page.file.src_uri, key)
        if content is None:
            return None
        head, _, html = content.partition(_END)
        place = Path(page.file.abs_dest_path)
        try:
            place.write_bytes(html)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(html)
        self.entries.use(page.file.src_uri)
        made: WrittenEntry = json.loads(head)
        return made

    def _made(self, page: Page, step: tuple[Any, ...], *, excluded: bool) -> WrittenEntry | None:
        """Write `page`. Return what is kept beside its file; None where it has left more than that."""
        self.reading.complete(page)
        index, wall = theme_index(self.reading.config), self.book.wall
        begin, before = len(index.entries) if index else 0, (len(wall.scripts), len(wall.styles))
        with recorded() as said:
            self._write(page, *step, excluded)
        is_whole = before == (len(wall.scripts), len(wall.styles))
        return {"entries": index.entries[begin:] if index else [], "said": said} if is_whole else None

    def _keep(self, page: Page, key: str, made: WrittenEntry | None) -> None:
        """Keep the file of `page`, if it has one."""
        place = Path(page.file.abs_dest_path)
        if made is not None and place.is_file():
            head = json.dumps(made, separators=(",", ":")).encode()
            self.store.write(page.file.src_uri, key, head + _END + place.read_bytes())

    def _write_apart(self, doc_files: Sequence[File], step: tuple[Any, ...]) -> None:
        """Write the pages that are not kept in other processes."""
        if (count := processes(self.reading.count)) < 2:
            return
        pages = [(file.page, file.inclusion.is_excluded()) for file in doc_files if file.page]
        keyed = [(page, excluded, self._key(page, excluded=excluded)) for page, excluded in pages]
        missing = [each for each in keyed if not self.store.has(each[0].file.src_uri, each[2])]
        if len(missing) < LEAST:
            return

        indexed: list[tuple[str, str, bytes]] = []

        def work(number: int) -> object:
            nonlocal indexed
            if self.entries.is_original:
                indexed = self.entries.divide()
                self.templates.divide()
                self.reading.renders.store.divide()
            indexed.clear()
            page, excluded, _ = missing[number]
            with recorded(aloud=False):
                made = self._made(page, step, excluded=excluded)
            return made and [made, [(name, key, content.decode()) for name, key, content in indexed]]

        for number, (made, entries) in spread(count, len(missing), work):
            page, _, key = missing[number]
            self._elsewhere[page.file.src_uri] = made
            self._keep(page, key, made)
            for name, entries_key, content in entries:
                self.entries.write(name, entries_key, content.encode())
