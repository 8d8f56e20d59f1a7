"""Show on each page when its source was last changed, and by whom."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opsbook.mkdocs.compat.theme import LAST_CHANGE
from opsbook.mkdocs.history import Change, read_history
from opsbook.mkdocs.origins import Origins
from opsbook.site.language import SiteLanguage

log = logging.getLogger("mkdocs.plugins.opsbook")


class LastChanges:
    """The last changes of the sources of one build."""

    def __init__(self, origins: Origins, files: Files, language: SiteLanguage) -> None:
        self.language = language
        sources = dict(_sources(origins, files))
        history = read_history(origins.root, sources.values())
        if history.missing:
            log.info("No page says when it was last changed: %s", history.missing)
        changes = ((path, history.changes.get(source)) for path, source in sources.items())
        self.changes: dict[str, Change] = {path: change for path, change in changes if change}

    def tell(self, page: Page) -> None:
        """Put the last change of `page` into its front matter, unless that says a date itself."""
        if change := self.changes.get(page.file.src_uri):
            # The theme prints it as HTML.
            day = self.language.date(date.fromisoformat(change.day))
            said = self.language.gettext("Last changed %(day)s by %(author)s", day=day, author=change.author)
            page.meta.setdefault(LAST_CHANGE, html.escape(said))


def _sources(origins: Origins, files: Files) -> Iterator[tuple[str, Path]]:
    """Yield the path of each page with its source, for those that have one."""
    for file in files.documentation_pages():
        if origins.is_generated(file):
            source = origins.source(file.src_uri)
        else:
            source = Path(file.abs_src_path) if file.abs_src_path and not file.generated_by else None
        if source:
            yield file.src_uri, source
