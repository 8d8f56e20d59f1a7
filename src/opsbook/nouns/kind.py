"""Define what a noun declares: the one `Kind` from which loading, checks, pages and navigation are derived.

`assembly` loops over the kinds and asks none of them by name. What a noun does not declare, it does not have.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from opsbook.graph import Graph, GraphNode
from opsbook.nouns.macro.model import Interface
from opsbook.problems import Problem
from opsbook.site.page import Asset, NavEntry, Page
from opsbook.source.files import is_there, is_translation, regular_files, shown_path
from opsbook.source.links import Link
from opsbook.source.references import Places
from opsbook.source.schema import FileFormat
from opsbook.source.sitefile import SiteFile
from opsbook.source.text import read_text
from opsbook.source.tree import Location
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """Where a handbook is read from: the repository `root`, and the folder `docs` of its hand-written pages."""

    root: Path
    docs: Path
    cache: Path | None = None
    """A folder that keeps slow results from one run to the next."""
    interface: Interface = field(default_factory=Interface)
    """What the macros can show of the engine itself."""
    today: date | None = None
    """The day by which dates are judged; None to judge none."""
    parses_shell: bool = False
    """Whether the shell's own parser, a separate program, checks commands."""
    site: SiteFile = field(default_factory=SiteFile)
    """What `mkdocs.yml` says."""

    def below_docs(self, path: str) -> str:
        """Return what messages call the file `path` of the hand-written pages."""
        return f"{shown_path(self.docs, self.root)}/{path}"

    def docs_files(self, folder: str, *endings: str, deep: bool = True) -> Iterator[str]:
        """Yield the paths below `docs` of the files in `folder` that are read, sorted.

        What `exclude_docs` and `draft_docs` name is not read. With `deep`, files in folders of `folder` are among them.
        """
        for file in regular_files(self.docs / folder, *endings, deep=deep, hidden=True):
            path = file.relative_to(self.docs).as_posix()
            if self.site.is_read(path):
                yield path

    def is_translation(self, path: str) -> bool:
        """Return whether the hand-written page `path` stands beside the one that it translates."""
        return is_translation(self.docs / path)

    def kept(self, name: str) -> Path | None:
        """Return the folder `name` of the cache; None without a cache."""
        return self.cache / name if self.cache else None


@dataclass(frozen=True)
class Record:
    """A value that was read, and the places of its parts in the file.

    The annotations of its model say which nodes and links it makes and which ids are unique; `at` is its location in
    `places`. A value that has no field for its own id says with `kind` and `id` which node it is.
    """

    value: object
    places: Places | None = None
    at: Location = ()
    kind: str = ""
    id: str = ""
    file: str = ""
    """The path of the file, where there is no `places`."""


@dataclass(frozen=True)
class Loaded:
    """What was read from the files of one noun."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Return whether every file could be read. Where one could not, an unknown name may be in that file."""
        return not self.problems


@dataclass(frozen=True)
class Plan(Generic[T]):
    """A source file, and the function that makes its pages or assets when their turn comes."""

    file: str
    make: Callable[[], Iterable[T]]


@dataclass(frozen=True)
class Redirect:
    """A former or additional address, such as `alerts/Name/`, and the page that it leads to."""

    source: str
    target: str
    title: str
    """What stands at that address: the name of an alert, or an id."""
    linked: str
    is_former: bool = False
    """Whether it is a former id of that page."""


def former_path(path: str, alias: str) -> str:
    """Return the source address that a page had under a former id.

    >>> former_path("services/cart.md", "basket"), former_path("practices/cloud/index.md", "hosting")
    ('services/basket.md', 'practices/hosting.md')
    """
    folder, name = posixpath.split(path)
    return posixpath.join(posixpath.dirname(folder) if name == "index.md" else folder, f"{alias}.md")


def former_paths(node: GraphNode) -> Iterator[tuple[str, str]]:
    """Yield the former ids of `node`, each with the address that its page had."""
    yield from ((alias, former_path(node.path or "", alias)) for alias in node.aliases)


@dataclass(frozen=True, kw_only=True)
class NodeKind:
    """A kind of node that others may name by its id, as the marks `Names` and `Id` in their models say."""

    name: str
    called: str = ""
    """What messages call a node of this kind, where that is not `name`."""
    hint: str = ""
    """What to do about an id that names no node."""
    path: Callable[[Any], str] | None = None
    """Returns the source address of the page of a value."""
    index: str | None = None
    """The source address of the page that lists all of them."""
    heading: str = ""
    """The words over its nodes under "Related" on the page of a node that they name; without them, none is there."""
    former: Callable[[GraphNode], Iterable[tuple[str, str]]] | None = None
    """Returns each former id with the address that the page had under it; by default `former_paths`."""
    text: Callable[[Graph, Any], str] | None = None
    """Returns the text of the page as Markdown, for a kind that a track may lead to."""


@dataclass(frozen=True)
class WrittenText:
    """A file of Markdown of which pages are made, by its path from the root."""

    file: str
    links: tuple[Link, ...] | None = None
    """The links that lead to other files than its noun itself looks for; None for all that are in the file."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the site, and the first path segments of the pages that stand under it."""

    title: str
    parts: tuple[str, ...]
    rank: int = 50
    """The order of these parts within the tab, the lowest first."""
    along_with: str = ""
    """The part without which a site does without these too."""


@dataclass(frozen=True)
class CheckContext:
    """What the check of a noun may use: the linked graph, the project, and what this noun loaded."""

    graph: Graph
    project: Project
    loaded: Loaded


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Everything that the engine knows about one noun."""

    name: str
    load: Callable[[Project], Loaded]
    files: tuple[str, ...] = ()
    """What it reads below the root: files, and folders with a slash at the end. A change there rebuilds the site."""
    prose: tuple[str, ...] = ()
    """The folders among `files` with Markdown by many authors, whose HTML is judged, and with pictures beside it."""
    named: Callable[[Graph], Iterable[str]] = _nothing
    """Returns the files below the root that its own files name and that are read as well. They are watched too."""
    docs: tuple[str, ...] = ()
    """What it reads below the hand-written pages, which MkDocs watches."""
    endings: tuple[str, ...] = ()
    """The endings of the files that it reads in its folders."""
    beside: tuple[str, ...] = ()
    """The endings of what lies beside those and is used by them, such as icons."""
    schemas: Mapping[str, FileFormat] = field(default_factory=dict)
    """The place of its files, and the model of their keys or front matter, by the name of the JSON Schema."""
    nodes: tuple[NodeKind, ...] = ()
    tabs: tuple[Tab, ...] = ()
    check: Callable[[CheckContext], Iterable[Problem]] = _nothing
    """Returns the problems between this noun and others, except unknown names, once everything is loaded."""
    check_after: tuple[str, ...] = ()
    """`check` runs only where all files of these nouns could be read; else it would report false problems."""
    review: Callable[[Loaded, Project], Callable[[], Iterable[Problem]]] | None = None
    """Starts slow checks in another process, and returns a function that waits for them and returns their problems."""
    texts: Callable[[Graph], Iterable[WrittenText]] = _nothing
    """Returns the files of Markdown of which its pages are made; their links and blocks are checked."""
    due: Callable[[Loaded, date], Iterable[Problem]] = _nothing
    """Returns a problem for everything that is past its date."""
    unchecked: Callable[[Loaded], Iterable[Problem]] = _nothing
    """Returns what could not be checked, since this machine lacks a program: elsewhere the verdict may be another."""
    pages: Callable[[Graph], Iterable[Plan[Page]]] = _nothing
    assets: Callable[[Graph], Iterable[Plan[Asset]]] = _nothing
    entries: Callable[[Graph], Iterable[NavEntry]] = _nothing
    """Returns the entries of the navigation. A page without an entry is not in it."""
    redirects: Callable[[Graph], Iterable[Redirect]] = _nothing
    """Returns the addresses that lead to its pages, besides those of former ids."""

    @property
    def makes_pages(self) -> bool:
        """Return whether pages are made of this noun."""
        return self.pages is not _nothing


def load_yaml(project: Project, name: str, model: type[BaseModel]) -> Loaded:
    """Return what the file `name` below the root says, validated as `model`; nothing where there is no such file.

    Raises ProblemsError with every mistake.
    """
    if not is_there(project.root / name):
        return Loaded()
    document = parse_yaml(read_text(project.root / name, name), name)
    return Loaded((Record(validate(model, document, project.site.names), document),))


def one(file: str, make: Callable[..., T], *arguments: Any) -> Plan[T]:
    """Return the plan of a single page or asset, which `make` returns when it is called with `arguments`."""
    return Plan(file, lambda: (make(*arguments),))
