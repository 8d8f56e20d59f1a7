"""Define pages and assets, the addresses that they have, and the entries of the navigation."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opsbook.site.kept import Body, Kept
from opsbook.source.files import MARKDOWN

INDEXES = ("index", "README")
"""The names of the pages that stand at the address of their folder."""
HOME = "index.md"
"""The source address of the page at the root of the site."""


def destination(path: str, *, in_folders: bool = True) -> str:
    """Return the file of the site that the source `path` becomes, as `use_directory_urls` says.

    >>> destination("a/b.md"), destination("a/README.md"), destination("a/b.svg")
    ('a/b/index.html', 'a/index.html', 'a/b.svg')
    >>> destination("a/b.md", in_folders=False), destination("a/README.md", in_folders=False)
    ('a/b.html', 'a/index.html')
    """
    folder, name = posixpath.split(path)
    stem, ending = posixpath.splitext(name)
    if ending not in MARKDOWN:
        return path
    if stem in INDEXES:
        return posixpath.join(folder, "index.html")
    return posixpath.join(folder, stem, "index.html") if in_folders else posixpath.join(folder, f"{stem}.html")


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
    stands_for: str = ""
    """The source address of the page that it takes the place of, which a site without directory addresses serves at
    one more address."""
    for_machines: bool = False
    """Whether programs read it and no page leads to it. A file of the site's own takes its place."""


@dataclass(frozen=True)
class NavEntry:
    """A line of the navigation: a page, or a section of further entries."""

    title: str
    path: str | None = None
    children: tuple[NavEntry, ...] = ()
