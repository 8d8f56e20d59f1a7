"""Make the whole site from the graph: every page, every asset and the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from opsbook.assembly import health
from opsbook.assembly.kinds import KINDS
from opsbook.assembly.redirects import redirects
from opsbook.graph import Graph
from opsbook.nouns.kind import Plan
from opsbook.problems import Problem, ProblemsError
from opsbook.site.gone import Gone
from opsbook.site.page import Asset, NavEntry, Page
from opsbook.source.guard import collecting, reading

P = TypeVar("P", Page, Asset)


@dataclass(frozen=True)
class Site:
    """Everything that is generated. `owners` gives the file that a page or asset is made of, by its path."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    navigation: tuple[NavEntry, ...]
    owners: Mapping[str, str] = field(default_factory=dict)
    gone: Gone = field(default_factory=Gone)
    """What the graph has an address for, and the site no page."""


def make_site(graph: Graph) -> Site:
    """Return the site of `graph`. Raises ProblemsError that names the file of each page that could not be made."""
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    pages = tuple(_made(_pages(graph), owners, problems))
    assets = tuple(_made(_assets(graph), owners, problems))
    navigation: list[NavEntry] = []
    for kind in KINDS:
        with collecting(kind.name, problems):
            navigation += kind.entries(graph)
    navigation += health.entries(graph)
    if problems:
        raise ProblemsError(problems)
    return Site(pages, assets, tuple(navigation), owners)


def _pages(graph: Graph) -> Iterator[Plan[Page]]:
    for kind in KINDS:
        yield from kind.pages(graph)
    yield from health.pages(graph)


def _assets(graph: Graph) -> Iterator[Plan[Asset]]:
    for kind in KINDS:
        yield from kind.assets(graph)
    yield from redirects(graph)


def _made(plans: Iterable[Plan[P]], owners: dict[str, str], problems: list[Problem]) -> Iterator[P]:
    """Yield what the plans make. A plan that fails adds a problem of its file, and the others are made all the same."""
    for plan in plans:
        things: list[P] = []
        with reading(plan.file, problems):
            things += plan.make()
        owners.update((thing.path, plan.file) for thing in things if thing.path not in owners)
        yield from things
