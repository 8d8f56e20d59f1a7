"""Warn of what cleaning takes out of a page, where no warning with a line of its source did so already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from opsbook.markup.report import page_problem
from opsbook.mkdocs.refusal import log
from opsbook.problems import Problem
from opsbook.source.files import shown_path


class Removals:
    """What was told of one build, whose hand-written pages are in `docs` of the repository `root`."""

    def __init__(self, root: Path, docs: Path) -> None:
        self.root = root
        self.folder = shown_path(docs, root)
        self.told: Iterable[Problem] = ()
        """The warnings about the sources."""
        self.reported: set[str] = set()

    def report(self, path: str, html: str) -> None:
        """Warn once of what is removed from `html`, that of the page `path`."""
        name = self.source_name(path)
        if (problem := page_problem(name, html, self.told)) and name not in self.reported:
            self.reported.add(name)
            log.warning(str(problem))

    def source_name(self, path: str) -> str:
        """Return the file that the page `path` is made of, as messages call it."""
        names = (f"{self.folder}/{path}", path)
        return next((each for each in names if (self.root / each).is_file()), path)
