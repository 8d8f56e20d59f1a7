"""Hold what the engine has to know of `mkdocs.yml`, as plain data that whoever reads that file fills in.

Which files below the folder of the pages belong to the site is answered here, once for every noun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from opsbook.source.files import is_hidden
from opsbook.source.names import SiteNames
from opsbook.source.web_address import split_address

TEMPLATES = "templates"
"""The folder below the pages that MkDocs leaves out by default."""


class Patterns(Protocol):
    """The form that MkDocs gives the patterns of `exclude_docs` and `draft_docs`."""

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


def draws_mermaid(fences: Iterable[object], scripts: Iterable[object]) -> bool:
    """Return whether custom fences of the names `fences` and `scripts` of the site draw blocks of Mermaid.

    Without a script of the site, the theme would ask another host for one.
    """
    own = (str(script) for script in scripts if not str(script).startswith(("http:", "https:", "//")))
    return "mermaid" in fences and any("mermaid" in script for script in own)


def pluglet(entry: str) -> str:
    """Return the module that an entry of `modules` names, which may have the name of its package before it.

    >>> pluglet("opsbook:opsbook.macros"), pluglet("opsbook.macros")
    ('opsbook.macros', 'opsbook.macros')
    """
    return entry.rpartition(":")[2].strip()


@dataclass(frozen=True)
class VersionedSite:
    """A site that mike publishes: each version is a folder below `root`, and nothing but a list of them beside."""

    root: str
    """The address of that folder of folders, without a slash at the end; empty where it is not known."""
    alias: str = "latest"
    """A name that the newest version has for good, as far as the settings tell."""

    def missing_alias(self, base: str) -> str | None:
        """Return the address with an alias that is meant by `base`, if that has none."""
        bare, root = base.rstrip("/"), self.root or _host(base)
        return f"{root}/{self.alias}/" if bare.lower() == root.lower() else None

    def lacks_alias(self, url: str) -> bool:
        """Return whether `url` leads to a page that would be there if the site had no versions."""
        return bool(self.root) and url.lower().startswith(f"{self.root.lower()}/alerts/")


def _host(url: str) -> str:
    parts = split_address(url)
    return f"{parts.scheme}://{parts.netloc}" if parts else ""


@dataclass(frozen=True)
class WrittenNav:
    """The pages, addresses and words in the `nav` that a site writes itself."""

    paths: tuple[str, ...]


def nav_targets(nav: object) -> Iterator[str]:
    """Yield every path, address and word in a `nav`, at any depth.

    >>> list(nav_targets([{"Home": "index.md"}, {"More": ["a.md", {"B": "b.md"}]}]))
    ['index.md', 'a.md', 'b.md']
    """
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping | list):
        for entry in nav.values() if isinstance(nav, Mapping) else nav:
            yield from nav_targets(entry)


@dataclass(frozen=True)
class SiteFile:
    """The settings of one site. What is not known counts as allowed."""

    file: Path | None = None
    """The file itself; None where there is none."""
    docs: Path = Path("docs")
    """The folder of the hand-written pages."""
    folders: tuple[Path, ...] | None = None
    """The folders of the templates, of which the first that has one wins; None where they are not known."""
    excluded: Patterns | None = None
    """What MkDocs leaves out, in patterns such as those of a `.gitignore`: its own and those of `exclude_docs`."""
    own_excluded: Patterns | None = None
    """The patterns of `exclude_docs` alone."""
    drafts: Patterns | None = None
    """The patterns of `draft_docs`."""
    shows_drafts: bool = False
    """Whether drafts are pages of the site, as they are under `mkdocs serve` and nowhere else."""
    raw: tuple[str, ...] = ()
    """The folders and files below the hand-written pages that may hold raw HTML."""
    hooks: tuple[str, ...] = ()
    """The files with Python code that MkDocs runs, relative to the repository."""
    macros: MacroSettings | None = field(default_factory=MacroSettings)
    """How mkdocs-macros is set up; None where it is not."""
    in_folders: bool = True
    """Whether each page is served as a folder, as `use_directory_urls` says."""
    without: tuple[str, ...] = ()
    """The parts of the site that are switched off."""
    custom_dir: str = ""
    """The folder with templates of the site's own."""
    draws_mermaid: bool = False
    """Whether the site draws blocks of Mermaid itself."""
    names: SiteNames = field(default_factory=SiteNames)
    """What this site calls sections, severities, statuses and tiers."""
    nav: WrittenNav | None = None
    """The `nav` of the site; None where it writes none, and so all pages are in the navigation."""
    language: str = "en"
    """The code of the language of the theme, and so of the pages."""

    def has_template(self, name: str) -> bool:
        """Return whether the theme finds the template `name`, as far as that is known."""
        return self.folders is None or has_template(self.folders, name)

    def is_published(self, path: str) -> bool:
        """Return whether MkDocs makes a page of the file `path` below the pages, or copies it."""
        if self.excluded.match_file(path) if self.excluded else is_hidden(path) or is_template(path):
            return False
        return not self.is_left_out(path)

    def is_read(self, path: str) -> bool:
        """Return whether the file `path` below the pages is read and judged: it is published, or a template."""
        return self.is_published(path) or (is_template(path) and not self.is_left_out(path))

    def is_left_out(self, path: str) -> bool:
        """Return whether this site says of the file `path` below the pages that it is no part of it, or not yet."""
        if self.own_excluded is not None and self.own_excluded.match_file(path):
            return True
        return self.is_draft(path) and not self.shows_drafts

    def does_without(self, path: str) -> bool:
        """Return whether the generated page `path` is no part of this site.

        Where only the text that is written for it is a draft, as that of a guide may be, the page is there without it.
        """
        is_excluded = self.own_excluded is not None and bool(self.own_excluded.match_file(path))
        return is_excluded or (self.is_left_out(path) and not (self.docs / path).is_file())

    def is_draft(self, path: str) -> bool:
        """Return whether `draft_docs` names the file `path` below the pages."""
        return self.drafts is not None and bool(self.drafts.match_file(path))


def is_template(path: str) -> bool:
    """Return whether `path` below the pages lies in the folder of the texts that people start from."""
    return path.startswith(f"{TEMPLATES}/")


def has_template(folders: Iterable[Path], name: str) -> bool:
    """Return whether one of `folders` holds the template `name`; False where it would lead out of the folder."""
    parts = PurePosixPath(name.lstrip("/")).parts
    try:
        return ".." not in parts and any(folder.joinpath(*parts).is_file() for folder in folders)
    except OSError:  # Such as a name that is too long.
        return False
