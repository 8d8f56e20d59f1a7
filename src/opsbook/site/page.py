"""Define pages and assets, and compute the links from one to another."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opsbook.site.kept import Body, Kept

HOME = "index.md"
"""The source address of the page at the root of the site."""


@dataclass(frozen=True)
class Page:
    """A page of the site as Markdown. `path` is its source address, such as `practices/kubernetes/index.md`."""

    path: str
    title: str
    body: Body
    meta: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None
    """The file below the hand-written pages that the page is made around, where there is one."""

    @property
    def markdown(self) -> str:
        """Return the Markdown, with tokens for the engine's own HTML."""
        return self.body.markdown

    @property
    def kept(self) -> Kept:
        """Return the HTML that the tokens stand for."""
        return self.body.kept


@dataclass(frozen=True)
class Asset:
    """A file of the site that is not a page."""

    path: str
    content: str | bytes
    for_machines: bool = False
    """Whether programs read it and no page leads to it. A file of the site's own takes its place."""


@dataclass(frozen=True)
class NavEntry:
    """A line of the navigation: a page, or a section of further entries."""

    title: str
    path: str | None = None
    children: tuple[NavEntry, ...] = ()


def address(path: str) -> str:
    """Return the address at which the source `path` is served, relative to the site.

    >>> address("practices/kubernetes/index.md"), address("runbooks/x.md"), address("index.md"), address("a/b.svg")
    ('practices/kubernetes/', 'runbooks/x/', '', 'a/b.svg')
    """
    path, hash_sign, anchor = path.partition("#")
    if path.endswith(".md"):
        path = path.removesuffix(".md")
        path = path[: -len("index")] if posixpath.basename(path) == "index" else f"{path}/"
    return path + hash_sign + anchor


def relative(source: str, target: str) -> str:
    """Return the link from the page `source` to the page or asset `target`, both source addresses.

    >>> relative("practices/a/b.md", "index.md"), relative("index.md", "roadmap/index.md#x")
    ('../../../', 'roadmap/#x')
    """
    target_address, hash_sign, anchor = address(target).partition("#")
    # Both from the root of the site, so that the folder this runs in is not asked for.
    link = posixpath.relpath("/" + target_address, "/" + posixpath.dirname(address(source) + "x"))
    if not target_address or target_address.endswith("/"):
        link += "/"
    return link + hash_sign + anchor
