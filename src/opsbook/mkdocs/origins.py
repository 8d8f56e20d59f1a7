"""Tell MkDocs and its plugins which file each generated page is made of.

Edit links, dates of the last change and other plugins ask the `File` of a page for its source. MkDocs takes a generated
page for one that has none, so each is given its own here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from opsbook.mkdocs.edit_links import edit_path, edit_url
from opsbook.source.files import MARKDOWN, shown_path

log = logging.getLogger("mkdocs.plugins.opsbook")
CHECKLIST = "checklist.yml"


class Origins:
    """The source of each page of one build. `owners` names it by the path of the page, as messages call it.

    `lines` names, for a page about one thing, the file and the line on which that is written.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        root: Path,
        owners: Mapping[str, str],
        lines: Mapping[str, tuple[str, int]] = MappingProxyType({}),
    ) -> None:
        self.lines = lines
        self.config = config
        self.root = root.absolute()
        self.docs = Path(config.docs_dir)
        self.owners = owners
        self.has_told = False

    def is_generated(self, file: File) -> bool:
        """Return whether `file` is a page or an asset that the engine makes, also where a plugin has copied it."""
        return file.src_uri in self.owners

    def source(self, path: str) -> Path | None:
        """Return the file that the page `path` is made of, or the folder of the files that it lists.

        None where there is neither, as for a list of runbooks where there is no runbook yet.
        """
        return self._place(self.owners.get(path, ""))

    def _place(self, name: str) -> Path | None:
        folder, _, below = name.partition("/")
        places = [self.docs / below] if below and folder in (self.docs.name, "docs") else []
        return next((place for place in (*places, self.root / name) if place.exists()), None) if name else None

    def file(self, path: str) -> Path | None:
        """Return the one file that the page `path` is made of; None where there is none, or more."""
        source = self.source(path)
        return source if source and source.is_file() else None

    def line(self, path: str) -> int:
        """Return the line of its file on which that stands which the page `path` is about; 0 for the whole file."""
        file, line = self.lines.get(path, ("", 0))
        return line if file and file == self.owners.get(path) and not file.endswith(MARKDOWN) else 0

    def said(self, page: MkDocsPage) -> str:
        """Return the place that `page` is made of, as messages call it; an empty text where that is no one file."""
        path = page.file.src_uri
        if not self.is_generated(page.file):
            return shown_path(self.docs / path, self.root) if page.file.abs_src_path else ""
        line = self.line(path)
        return f"{self.owners[path]}:{line}" if line > 1 else self.owners[path] if self.file(path) else ""

    def edit_address(self, file: str, line: int) -> str | None:
        """Return the address at which `line` of `file`, as messages call it, is edited; None where there is none."""
        place = self._place(file)
        return edit_url(self.config, place, line) if place and place.is_file() else None

    def page(self, path: str, text: str, level: InclusionLevel) -> File:
        """Return the page `path` with `text` as a file of MkDocs."""
        file = File.generated(self.config, path, content=text, inclusion=level)
        self.settle(file)
        return file

    def settle(self, page: File) -> None:
        """Give `page` its source. An asset has none: plugins read the path of an asset for its content.

        Plugins read this path, and ask git about it, so it is always that of a file: for a page that lists the files of
        a folder that is the checklist, which it is made of too.
        """
        if not page.is_documentation_page():
            page.abs_src_path = None
            return
        file = self.file(page.src_uri)
        path = file or self.root / CHECKLIST
        page.abs_src_path = str(path)
        page.src_dir = str(self.docs if path.is_relative_to(self.docs) else self.root)
        # Other plugins take a file with this mark for one without a source: git-revision-date-localized dates it by
        # the clock, git-authors leaves it out.
        page.generated_by = None
        page.edit_uri = edit_path(self.config, file) if file else None

    def link(self, page: MkDocsPage) -> None:
        """Let the edit link of a generated `page` lead to its source. Where that has no address, say so once."""
        if self.is_generated(page.file):
            file = self.file(page.file.src_uri)
            page.edit_url = edit_url(self.config, file, self.line(page.file.src_uri)) if file else None
            if file and not page.edit_url:
                self.tell_missing_link(page.file.src_uri)

    def tell_missing_link(self, path: str) -> None:
        """Say once that the page `path` has no edit link, unless no page is to have one."""
        if (said := self.config.edit_uri_template or self.config.edit_uri) and not self.has_told:
            self.has_told = True
            docs = self.docs.name
            message = (
                "No edit link on %s, nor on any page made of files outside of %s: `%s` does not end in that folder"
            )
            log.info(message, path, docs, said)
