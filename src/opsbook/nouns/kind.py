"""Say what a noun has to declare: the one `Kind` from which loading, checking, pages and navigation are derived.

`assembly` loops over the kinds and asks none of them by name. A noun that leaves something out has none of it.
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
from opsbook.source.files import is_there
from opsbook.source.references import Places
from opsbook.source.schema import FileFormat
from opsbook.source.sitefile import MacroSettings
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
    """A folder where what is slow to make is kept from one run to the next."""
    has_template: Callable[[str], bool] = lambda _name: True
    """Whether the theme has a template of a name."""
    macros: MacroSettings | None = None
    """How mkdocs-macros is set up; None where it is not."""
    interface: Interface = field(default_factory=Interface)
    """What the macros know of the engine itself."""
    today: date | None = None
    """The day by which dates are judged; without it none is."""
    parses_shell: bool = False
    """Whether the shell's own parser judges commands, which takes a program."""

    def below_docs(self, path: str) -> str:
        """Return what messages call the file `path` of the hand-written pages."""
        return f"{self.docs.name}/{path}"

    def kept(self, name: str) -> Path | None:
        """Return the folder of the cache for one kind of thing."""
        return self.cache / name if self.cache else None


@dataclass(frozen=True)
class Record:
    """A value that was read, and where its parts stand.

    The marks in a model make the nodes, links and uniqueness of what is below it, from `at` in `places` on. A value
    that has no field for its own id says here which node it is.
    """

    value: object
    places: Places | None = None
    at: Location = ()
    kind: str = ""
    id: str = ""
    file: str = ""
    """The file, where there is no `places`."""


@dataclass(frozen=True)
class Loaded:
    """What the files of one noun say."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every file could be read. Where one could not, nobody can say that a name is wrong."""
        return not self.problems


@dataclass(frozen=True)
class Plan(Generic[T]):
    """What is made of a file, and the function that makes it when its turn comes."""

    file: str
    make: Callable[[], Iterable[T]]


@dataclass(frozen=True)
class Redirect:
    """A former or second address, such as `alerts/Name/`, and the page that it leads to."""

    source: str
    target: str
    title: str
    linked: str


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
    """A kind of thing that others may name by an id, as `Names` and `Id` say it."""

    name: str
    called: str = ""
    """What messages call such a thing, where that is not its name."""
    hint: str = ""
    """What to do where somebody names one and none is there."""
    path: Callable[[Any], str] | None = None
    """Returns the source address of the page of a value."""
    index: str | None = None
    """The source address of the page that lists all of them."""
    former: Callable[[GraphNode], Iterable[tuple[str, str]]] | None = None
    """Returns former ids with the addresses that the page had under them; by default that of each former id."""
    text: Callable[[Graph, Any], str] | None = None
    """Returns what a reader finds on the page, as Markdown, where a track may lead there."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of the site, and the first parts of the addresses of what stands under it."""

    title: str
    parts: tuple[str, ...]
    rank: int = 50
    """Where these parts stand in the tab, the lowest first."""


@dataclass(frozen=True)
class CheckContext:
    """What a noun's own check has at hand: everything linked, where it was read from, and what this noun loaded."""

    graph: Graph
    project: Project
    loaded: Loaded


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """All that the engine has to know of one noun."""

    name: str
    load: Callable[[Project], Loaded]
    files: tuple[str, ...] = ()
    """What it reads below the root: files, and folders with a slash at the end. A change there builds the site."""
    docs: tuple[str, ...] = ()
    """The same below the hand-written pages, which MkDocs watches."""
    schemas: Mapping[str, FileFormat] = field(default_factory=dict)
    """Where its files are, and the model of their keys or of their front matter, by the name of the JSON Schema."""
    nodes: tuple[NodeKind, ...] = ()
    tabs: tuple[Tab, ...] = ()
    check: Callable[[CheckContext], Iterable[Problem]] = _nothing
    """Finds what is wrong between this noun and others beyond the names, when all is loaded."""
    check_after: tuple[str, ...] = ()
    """The nouns whose files have to be complete, or else `check` would tell of what is only not read."""
    review: Callable[[Loaded, Project], Callable[[], Iterable[Problem]]] | None = None
    """Begins what takes long, in a process of its own, and returns what waits for it and gives its problems."""
    due: Callable[[Loaded, date], Iterable[Problem]] = _nothing
    """Finds what has passed its day."""
    pages: Callable[[Graph], Iterable[Plan[Page]]] = _nothing
    assets: Callable[[Graph], Iterable[Plan[Asset]]] = _nothing
    entries: Callable[[Graph], Iterable[NavEntry]] = _nothing
    """The lines of the navigation."""
    redirects: Callable[[Graph], Iterable[Redirect]] = _nothing
    """Addresses that lead to its pages beside those of former ids."""


def load_yaml(project: Project, name: str, model: type[BaseModel]) -> Loaded:
    """Return what the file `name` below the root says, as one `model`; where there is no such file, nothing.

    Raises ProblemsError with every mistake.
    """
    if not is_there(project.root / name):
        return Loaded()
    document = parse_yaml(read_text(project.root / name, name), name)
    return Loaded((Record(validate(model, document), document),))


def one(file: str, make: Callable[..., T], *arguments: Any) -> Plan[T]:
    """Return the plan of the one page or asset that `make` makes of `arguments`."""
    return Plan(file, lambda: (make(*arguments),))
