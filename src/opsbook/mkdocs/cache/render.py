"""A page and the store in, the page rendered out: by Markdown, or from what Markdown made of the same text before.

An entry holds all that `Page.render` leaves behind: the HTML, the table of contents, the title, the anchors, the links
to anchors elsewhere, which files it looked for and what it found, and what it said, which is said again.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from opsbook.store import Store, key_of

StoredPage = dict[str, Any]


class RenderCache:
    """Renders the pages of one build. `shared` is the fingerprint of its configuration."""

    def __init__(self, store: Store, shared: str) -> None:
        self.store = store
        self.shared = shared

    def adopt(self, page: Page) -> None:
        """Let `page` render through this cache. Its Markdown is what it is when it is asked to render."""

        def render(config: MkDocsConfig, files: Files) -> None:
            self._render(page, config, files)

        page.render = render  # type: ignore[method-assign]

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        file = page.file
        key = key_of(self.shared, file.src_uri, file.url, str(file.inclusion), page.markdown or "")
        entry = self.store.read_json(file.src_uri, key)
        if entry is not None and all(_found(files, path) == known for path, known in entry["files"].items()):
            _restore(page, entry, files)
            return
        seen = _SeenFiles(files)
        with _recorded() as said:
            type(page).render(page, config, seen)
        self.store.write_json(file.src_uri, key, _entry(page, seen.seen, said))


class _SeenFiles(Files):
    """The same files, and a note of each that was looked for: the links of a page depend on these and no others."""

    def __init__(self, files: Files) -> None:
        self.__dict__.update(files.__dict__)
        self.seen: dict[str, list[str] | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        self.seen[path] = _found(self, path)
        return super().get_file_from_path(path)


def _found(files: Files, path: str) -> list[str] | None:
    """What a link to `path` depends on. Asks the class, so that looking is not itself noted."""
    file = Files.get_file_from_path(files, path)
    return [file.url, str(file.inclusion)] if file else None


def _entry(page: Page, seen: Mapping[str, list[str] | None], said: list[tuple[str, int, str]]) -> StoredPage:
    links = page.links_to_anchors
    return {
        "content": page.content,
        "toc": [_token(anchor) for anchor in page.toc],
        "title": page._title_from_render,
        "anchors": None if page.present_anchor_ids is None else sorted(page.present_anchor_ids),
        "links": None if links is None else [[to.src_uri, anchors] for to, anchors in links.items()],
        "files": seen,
        "said": said,
    }


def _token(anchor: AnchorLink) -> StoredPage:
    below = [_token(child) for child in anchor.children]
    return {"name": anchor.title, "id": anchor.id, "level": anchor.level, "children": below}


def _restore(page: Page, entry: StoredPage, files: Files) -> None:
    page.content = entry["content"]
    page.toc = get_toc(entry["toc"])
    page._title_from_render = entry["title"]
    page.present_anchor_ids = None if entry["anchors"] is None else set(entry["anchors"])
    if entry["links"] is not None:
        targets = ((Files.get_file_from_path(files, path), anchors) for path, anchors in entry["links"])
        page.links_to_anchors = {file: anchors for file, anchors in targets if file}
    for name, level, message in entry["said"]:
        logging.getLogger(name).log(level, "%s", message)


@contextlib.contextmanager
def _recorded() -> Iterator[list[tuple[str, int, str]]]:
    """What is logged meanwhile, from information up: the logger's name, the level and the message."""
    said: list[tuple[str, int, str]] = []
    recorder = _Recorder(said)
    manager = logging.Logger.manager
    ends = [each for each in manager.loggerDict.values() if isinstance(each, logging.Logger) and not each.propagate]
    for logger in (manager.root, *ends):
        logger.addHandler(recorder)
    try:
        yield said
    finally:
        for logger in (manager.root, *ends):
            logger.removeHandler(recorder)


class _Recorder(logging.Handler):
    def __init__(self, said: list[tuple[str, int, str]]) -> None:
        super().__init__(logging.INFO)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.name, record.levelno, record.getMessage()))
