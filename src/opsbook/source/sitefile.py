"""Hold what the engine has to know of `mkdocs.yml`, as plain data that whoever reads that file fills in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol


class Patterns(Protocol):
    """The form that MkDocs gives the patterns of `exclude_docs`."""

    def match_file(self, file: str) -> bool | None:
        """Return whether one of the patterns matches `file`."""


@dataclass(frozen=True)
class MacroSettings:
    """The settings of mkdocs-macros in `mkdocs.yml`, as far as they are known without a build."""

    module: str = "macros/main"
    """The module of the site's own macros, without its ending."""
    pluglets: tuple[str, ...] = ()
    """The modules of `modules`, such as `opsbook.macros`."""
    renders_all: bool = False
    """Whether pages that do not ask for macros may be templates too."""

    @property
    def file(self) -> str:
        """Return the file of the site's own macros, from the folder of `mkdocs.yml`."""
        return f"{self.module}.py"


def pluglet(entry: str) -> str:
    """Return the module that an entry of `modules` names, which may have the name of its package before it.

    >>> pluglet("opsbook:opsbook.macros"), pluglet("opsbook.macros")
    ('opsbook.macros', 'opsbook.macros')
    """
    return entry.rpartition(":")[2].strip()


@dataclass(frozen=True)
class SiteFile:
    """The settings of one site. What is not known counts as allowed."""

    folders: tuple[Path, ...] | None = None
    """The folders of the templates, of which the first that has one wins; None where they are not known."""
    excluded: Patterns | None = None
    """The patterns of `exclude_docs`, which are those of a `.gitignore`."""
    raw: tuple[str, ...] = ()
    """The folders and files below the hand-written pages that may hold raw HTML."""
    hooks: tuple[str, ...] = ()
    """The files with Python code that MkDocs runs, relative to the repository."""
    macros: MacroSettings | None = field(default_factory=MacroSettings)
    """How mkdocs-macros is set up; None where it is not."""
    without: tuple[str, ...] = ()
    """The parts of the site that are switched off."""
    custom_dir: str = ""
    """The folder with templates of the site's own."""

    def has_template(self, name: str) -> bool:
        """Return whether the theme finds the template `name`, as far as that is known."""
        return self.folders is None or has_template(self.folders, name)

    def is_excluded(self, path: str) -> bool:
        """Return whether MkDocs leaves the file `path` of the hand-written pages out."""
        return self.excluded is not None and bool(self.excluded.match_file(path))


def has_template(folders: Iterable[Path], name: str) -> bool:
    """Return whether one of `folders` holds the template `name`; False where it would lead out of the folder."""
    parts = PurePosixPath(name.lstrip("/")).parts
    try:
        return ".." not in parts and any(folder.joinpath(*parts).is_file() for folder in folders)
    except OSError:  # Such as a name that is too long.
        return False
