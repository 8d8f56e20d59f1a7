"""Make the whole site from the graph: every page, every asset and the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from opsbook.assembly.kinds import KINDS
from opsbook.assembly.llms import llms_txt
from opsbook.assembly.redirects import redirects
from opsbook.graph import Graph
from opsbook.nouns.kind import Plan
from opsbook.problems import Problem, ProblemsError
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


def make_site(graph: Graph) -> Site:
    """Return the site of `graph`. Raises ProblemsError that names the file of each page that could not be made."""
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    pages = tuple(_made((plan for kind in KINDS for plan in kind.pages(graph)), owners, problems))
    assets = tuple(_made(_assets(graph), owners, problems))
    navigation: list[NavEntry] = []
    for kind in KINDS:
        with collecting(kind.name, problems):
            navigation += kind.entries(graph)
    if problems:
        raise ProblemsError(problems)
    return Site(pages, (*assets, llms_txt(graph, pages, navigation)), tuple(navigation), owners)


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
