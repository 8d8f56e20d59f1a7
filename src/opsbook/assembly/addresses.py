"""Find the addresses of a site that two pages or files claim: one of the two would overwrite the other unnoticed.

Addresses that differ only in capitals count as the same, since many file systems and hosts do not tell them apart.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from opsbook import web
from opsbook.assembly.site import Site
from opsbook.graph import Graph
from opsbook.nouns.drawing.model import Drawing, drawing_file
from opsbook.problems import Problem
from opsbook.site.page import Asset, Page, destination
from opsbook.source.files import MARKDOWN

_INSTEAD = (
    ("practices/", "a guide has the address of its item, practices/<area>/<item>.md"),
    ("runbooks/", "a runbook is written in runbooks/"),
    ("post-mortems/", "a post-mortem is written in post-mortems/"),
)


@dataclass(frozen=True)
class _Claim:
    """Who claims an address, in the words of a message, and the address as it is written."""

    by: str
    address: str


def address_problems(
    site: Site, others: Mapping[str, str], written: Iterable[str], docs: str, *, in_folders: bool = True
) -> Iterator[Problem]:
    """Yield a problem for each address that two pages or files claim, where `in_folders` is `use_directory_urls`.

    `others` are the paths of further files of the site, each with the file that claims it, which is the path itself
    where a user wrote it. `written` are the files below the folder of the hand-written pages, which messages call
    `docs`.
    """
    made: dict[str, _Claim] = {}
    place_of = partial(destination, in_folders=in_folders)
    for path, owner in (*_generated(site, in_folders=in_folders), *others.items()):
        mine = _Claim(owner, path)
        claim = made.setdefault(place_of(path).casefold(), mine)
        if claim is not mine:
            change = "rename one" if path == owner else "change the id or the alias"
            message = f"`{_shown(place_of(path))}` is an address of {claim.by} too; {change}"
            yield Problem(owner, 0, 0, message)
    folders = _folders(made)
    sources = {page.source for page in site.pages if page.source}
    seen: dict[str, str] = {}
    for path in written:
        place = place_of(path)
        key, name = place.casefold(), f"{docs}/{path}"
        first = seen.setdefault(key, path)
        if first != path:
            yield Problem(name, 0, 0, f"has the same address as {docs}/{first}; rename one")
        if key in made and path not in sources:
            yield Problem(name, 0, 0, _taken(path, place, place_of(made[key].address)))
        elif key in folders:
            yield Problem(name, 0, 0, "the site makes a folder of this name; rename it")
        elif parent := next((each for each in _above(key) if each in made), None):
            yield Problem(name, 0, 0, f"the site makes a file `{made[parent].address}`; rename this folder")
    if "index.html" not in made and "index.html" not in seen:
        message = f"nothing is left for the home page; write {docs}/index.md, or leave `home` out of `without`"
        yield Problem("mkdocs.yml", 0, 0, message)


def other_files(graph: Graph) -> Iterator[str]:
    """Yield the paths of what the site holds beside pages and assets: drawings as pictures, scripts, styles."""
    yield from (drawing_file(drawing, "png") for drawing in graph.all(Drawing))
    yield from (asset.path for asset in web.assets())


def _generated(site: Site, *, in_folders: bool) -> Iterator[tuple[str, str]]:
    things: tuple[Page | Asset, ...] = (*site.pages, *(asset for asset in site.assets if not asset.for_machines))
    for thing in things:
        owner = site.owners.get(thing.path, "opsbook")
        yield thing.path, owner
        if isinstance(thing, Asset) and thing.stands_for and not in_folders:
            yield thing.stands_for, owner


def _taken(path: str, place: str, made: str) -> str:
    kind = "page" if path.endswith(MARKDOWN) else "file"
    instead = next((f"; {hint}" for start, hint in _INSTEAD if path.lower().startswith(start)), "")
    if place != made:
        return f"the site makes `{_shown(made)}` itself, which differs in capitals alone; rename this {kind}{instead}"
    return f"the site makes this {kind} itself; rename it or remove it{instead}"


def _shown(place: str) -> str:
    return place.removesuffix("index.html")


def _folders(made: Mapping[str, _Claim]) -> set[str]:
    return {folder for place in made for folder in _above(place)}


def _above(place: str) -> Iterator[str]:
    while place := posixpath.dirname(place):
        yield place
