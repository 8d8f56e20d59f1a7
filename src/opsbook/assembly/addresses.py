"""Find the addresses of a site that two pages or files claim: one of the two would overwrite the other unnoticed.

Addresses that differ only in capitals count as the same, since many file systems and hosts do not tell them apart.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from opsbook import web
from opsbook.assembly.site import Site
from opsbook.graph import Graph
from opsbook.nouns.drawing.model import Drawing, drawing_file
from opsbook.nouns.page.load import MARKDOWN
from opsbook.problems import Problem
from opsbook.site.page import address

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


def destination(path: str) -> str:
    """Return the file of the site that the source `path` becomes.

    >>> destination("a/b.md"), destination("a/README.md"), destination("a/b.svg")
    ('a/b/index.html', 'a/index.html', 'a/b.svg')
    """
    folder, name = posixpath.split(path)
    stem, ending = posixpath.splitext(name)
    if ending not in MARKDOWN:
        return path
    inside = () if stem in ("index", "README") else (stem,)
    return posixpath.join(folder, *inside, "index.html")


def address_problems(site: Site, others: Iterable[str], written: Iterable[str], docs: str) -> Iterator[Problem]:
    """Yield a problem for each address that two pages or files claim.

    `others` are the paths of further files that the site makes. `written` are the files below the folder of the
    hand-written pages, which messages call `docs`.
    """
    made: dict[str, _Claim] = {}
    for path, owner in (*_generated(site), *((path, "opsbook") for path in others)):
        mine = _Claim(owner, path)
        claim = made.setdefault(destination(path).casefold(), mine)
        if claim is not mine:
            message = f"`{address(path)}` is an address of {claim.by} too; change the id or the alias"
            yield Problem(owner, 0, 0, message)
    folders = _folders(made)
    sources = {page.source or page.path for page in site.pages if page.source or page.path.startswith("onboarding/")}
    seen: dict[str, str] = {}
    for path in written:
        place = destination(path)
        key, name = place.casefold(), f"{docs}/{path}"
        first = seen.setdefault(key, path)
        if first != path:
            yield Problem(name, 0, 0, f"has the same address as {docs}/{first}; rename one")
        if key in made and path not in sources:
            yield Problem(name, 0, 0, _taken(path, place, made[key]))
        elif key in folders:
            yield Problem(name, 0, 0, "the site makes a folder of this name; rename it")
        elif parent := next((each for each in _above(key) if each in made), None):
            yield Problem(name, 0, 0, f"the site makes a file `{made[parent].address}`; rename this folder")


def other_files(graph: Graph) -> Iterator[str]:
    """Yield the paths of what the site holds beside pages and assets: drawings as pictures, scripts, styles."""
    yield from (drawing_file(drawing, "png") for drawing in graph.all(Drawing))
    yield from (asset.path for asset in web.assets())


def _generated(site: Site) -> Iterator[tuple[str, str]]:
    paths = (*(page.path for page in site.pages), *(asset.path for asset in site.assets if not asset.for_machines))
    yield from ((path, site.owners.get(path, "opsbook")) for path in paths)


def _taken(path: str, place: str, claim: _Claim) -> str:
    kind = "page" if path.endswith(MARKDOWN) else "file"
    instead = next((f"; {hint}" for start, hint in _INSTEAD if path.lower().startswith(start)), "")
    if place != destination(claim.address):
        shown = address(claim.address)
        return f"the site makes `{shown}` itself, which differs in capitals alone; rename this {kind}{instead}"
    return f"the site makes this {kind} itself; rename it or remove it{instead}"


def _folders(made: Mapping[str, _Claim]) -> set[str]:
    return {folder for place in made for folder in _above(place)}


def _above(place: str) -> Iterator[str]:
    while place := posixpath.dirname(place):
        yield place
