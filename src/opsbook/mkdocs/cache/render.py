"""Render a page with Markdown, or restore what Markdown made of the same text before.

An entry has everything that `Page.render` leaves behind: the HTML, the table of contents, the title, the anchors, the
links to anchors elsewhere, the files that it looked for with what it found, and its log messages, which are repeated.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opsbook.mkdocs.compat.logs import last_loggers
from opsbook.mkdocs.compat.pages import WatchedFiles, link_target, rendered_parts, replace_render, restore_parts
from opsbook.mkdocs.keeping import keeping_of
from opsbook.store import Store, key_of


class RenderCache:
    """Renders the pages of one build. `shared` is the fingerprint of its configuration."""

    def __init__(self, store: Store, shared: str) -> None:
        self.store = store
        self.shared = shared

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
            for name, level, message in entry["said"]:
                logging.getLogger(name).log(level, "%s", message)
            return
        watched = WatchedFiles(files)
        keeping_of(config).files = watched  # What the engine links to counts as well.
        with _recorded() as said:
            type(page).render(page, config, watched)
        self.store.write_json(file.src_uri, key, {**rendered_parts(page), "files": watched.seen, "said": said})


@contextlib.contextmanager
def _recorded() -> Iterator[list[tuple[str, int, str]]]:
    """Yield a list that collects what is logged from level INFO: the logger's name, the level and the message."""
    said: list[tuple[str, int, str]] = []
    recorder = _Recorder(said)
    loggers = list(last_loggers())
    for logger in loggers:
        logger.addHandler(recorder)
    try:
        yield said
    finally:
        for logger in loggers:
            logger.removeHandler(recorder)


class _Recorder(logging.Handler):
    def __init__(self, said: list[tuple[str, int, str]]) -> None:
        super().__init__(logging.INFO)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.name, record.levelno, record.getMessage()))
