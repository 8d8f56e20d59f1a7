"""What the engine has to know of `mkdocs.yml`, as plain data: whoever reads that file fills it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol


class Patterns(Protocol):
    """What MkDocs reads the patterns of `exclude_docs` into."""

    def match_file(self, file: str) -> bool | None:
        """Return whether one of the patterns is for `file`."""


@dataclass(frozen=True)
class SiteFile:
    """The settings of one site. What is not known is taken for allowed."""

    folders: tuple[Path, ...] | None = None
    """The folders of the templates, of which the first that has one wins; None where they are not known."""
    excluded: Patterns | None = None
    """The patterns of `exclude_docs`, which are those of a `.gitignore`."""
    raw: tuple[str, ...] = ()
    """The folders and files below the hand-written pages that may hold raw HTML."""
    hooks: tuple[str, ...] = ()
    """The files with Python code that MkDocs runs, relative to the repository."""
    macro_modules: tuple[str, ...] = ()
    """The modules that mkdocs-macros is told to load, without `.py`."""
    custom_dir: str = ""
    """The folder with templates of the site's own."""

    def has_template(self, name: str) -> bool:
        """Return whether the theme finds the template `name`, as far as that is known."""
        return self.folders is None or has_template(self.folders, name)

    def is_excluded(self, path: str) -> bool:
        """Return whether MkDocs leaves the file `path` of the hand-written pages out."""
        return self.excluded is not None and bool(self.excluded.match_file(path))


def has_template(folders: Iterable[Path], name: str) -> bool:
    """Return whether one of `folders` holds the template `name`, which does not lead out of it."""
    parts = PurePosixPath(name.lstrip("/")).parts
    try:
        return ".." not in parts and any(folder.joinpath(*parts).is_file() for folder in folders)
    except OSError:  # Such as a name that is too long.
        return False
