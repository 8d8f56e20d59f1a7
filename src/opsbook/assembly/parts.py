"""Say of which parts a site consists, and take out of it what is switched off or excluded, with every link to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from opsbook.assembly.health import PART as HEALTH_PART
from opsbook.assembly.introductions import introduced
from opsbook.assembly.kinds import KINDS, NODE_KINDS
from opsbook.assembly.llms import llms_txt
from opsbook.assembly.redirects import all_redirects
from opsbook.assembly.site import Site, make_site
from opsbook.graph import Graph
from opsbook.nouns.page.model import WrittenPage, pages_folder
from opsbook.site.gone import Gone
from opsbook.site.page import HOME, Asset, NavEntry, destination
from opsbook.source.sitefile import SiteFile

HOME_PART = "home"


def _parts() -> Iterator[str]:
    yield HOME_PART
    yield from (part for kind in KINDS if kind.makes_pages for tab in kind.tabs for part in tab.parts)
    yield HEALTH_PART


PARTS = tuple(_parts())
"""The parts of a site that can be switched off: the home page, and the first segments of all generated addresses."""


_ALONG_WITH = {part: tab.along_with for kind in KINDS for tab in kind.tabs for part in tab.parts if tab.along_with}


def part_of(path: str) -> str:
    """Return the part that the page `path` belongs to.

    >>> part_of("roadmap/phase-one.md"), part_of("glossary.md"), part_of("README.md")
    ('roadmap', 'glossary', 'home')
    """
    place = destination(path)
    return HOME_PART if place == destination(HOME) else place.split("/")[0]


def is_left_out(path: str, settings: SiteFile) -> bool:
    """Return whether a site with `settings` does without the page `path`."""
    part = part_of(path)
    return part in settings.without or _ALONG_WITH.get(part) in settings.without or settings.does_without(path)


def finished_site(graph: Graph, settings: SiteFile) -> Site:
    """Return the site of `graph` with what `settings` leave in, and with the hand-written pages in front of others.

    Raises ProblemsError that names the file of each page that could not be made.
    """
    site = introduced(shown_site(make_site(graph), graph, settings), graph.all(WrittenPage), pages_folder(graph))
    return replace(site, assets=(*site.assets, llms_txt(graph, site.pages, site.navigation)))


def shown_site(site: Site, graph: Graph, settings: SiteFile) -> Site:
    """Return `site` without the pages that `settings` leave out, and without links to pages that are not there.

    So nothing leads to a list that is left out because there is nothing to list either.
    """
    pages = [page for page in site.pages if not is_left_out(page.path, settings)]
    gone = _gone(site, graph, {page.path for page in pages})
    if not gone:
        return site
    return replace(
        site,
        pages=tuple(map(gone.without_links_of, pages)),
        assets=tuple(_assets(site.assets, gone)),
        navigation=tuple(_entries(site.navigation, gone)),
        gone=gone,
    )


def _gone(site: Site, graph: Graph, made: set[str]) -> Gone:
    written = {page.path for page in graph.all(WrittenPage)}
    places = {destination(path) for path in made | written}
    nodes = {node.path.partition("#")[0] for name in NODE_KINDS for node in graph.nodes(name).values() if node.path}
    lists = {kind.index for kind in NODE_KINDS.values() if kind.index} | {page.path for page in site.pages}
    things = {path for path in nodes if destination(path) not in places}
    ways = {path for path in lists - nodes if destination(path) not in places}
    forwarding = {each.source for _, each in all_redirects(graph) if each.target.partition("#")[0] in things | ways}
    return Gone(frozenset(things | forwarding), frozenset(ways))


def _assets(assets: Iterable[Asset], gone: Gone) -> Iterator[Asset]:
    """Yield `assets` without those that forward to what is gone, and without links to it."""
    for asset in assets:
        if asset.stands_for in gone.things or asset.path.removesuffix("index.html") in gone.things:
            continue
        if isinstance(asset.content, str) and asset.path.endswith(".svg"):
            asset = replace(asset, content=gone.without_links(asset.content))
        yield asset


def _entries(entries: Iterable[NavEntry], gone: Gone) -> Iterator[NavEntry]:
    for entry in entries:
        children = tuple(_entries(entry.children, gone))
        if entry.path in gone.things | gone.ways or (entry.children and not children):
            continue
        yield replace(entry, children=children)
