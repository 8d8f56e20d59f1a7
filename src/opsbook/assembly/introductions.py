"""Let a hand-written page at the address of a generated one be the beginning of that page.

The page has the title and the front matter of the hand-written one, its text, and then what the engine makes. A page
that is made of a Markdown file already, such as that of a runbook, takes no second one; `addresses` refuses it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from opsbook.assembly.site import Site
from opsbook.nouns.page.model import WrittenPage
from opsbook.site.kept import Body
from opsbook.site.page import HOME, INDEXES, NavEntry, Page
from opsbook.site.text import handwritten
from opsbook.source.files import MARKDOWN

_BRACE = re.compile(r"\{(?=[{%#])")
_HEADING = re.compile(r"\s*# .*\n")


def introduced(site: Site, written: Iterable[WrittenPage], docs: str) -> Site:
    """Return `site` with each of the pages `written` that has the address of a generated page in front of it.

    Messages call their folder `docs`.
    """
    by_place = {_place(page.path): page for page in written}
    found: dict[str, WrittenPage] = {}
    for page in site.pages:
        own = by_place.get(_place(page.path))
        if own and page.source is None and not site.owners[page.path].endswith(MARKDOWN):
            found[page.path] = own
    if not found:
        return site
    return replace(
        site,
        pages=tuple(_introduced(page, found[page.path]) if page.path in found else page for page in site.pages),
        navigation=tuple(_entry(entry, found) for entry in site.navigation),
        owners={**site.owners, **{own.path: f"{docs}/{own.path}" for own in found.values()}},
    )


def _place(path: str) -> tuple[str, str]:
    """Return the folder and the name of a page; an index page may have either of two names."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    return folder, "index" if stem in INDEXES else stem


def _introduced(page: Page, own: WrittenPage) -> Page:
    heading = _HEADING.match(page.markdown)
    assert heading, page.path
    first, rest = ("" if own.is_titled else heading[0].strip() + "\n\n"), page.markdown[heading.end() :]
    if own.asks_at:  # Then the page is a template, in which the braces of the engine's part mean nothing.
        rest = _BRACE.sub('{{ "{" }}', rest)
    body = Body(f"{first}{handwritten(own.markdown).strip()}\n\n{rest}", page.kept)
    meta = {**page.meta, **{key: value for key, value in own.meta.items() if value is not None}}
    return Page(own.path, own.title if own.is_titled else page.title, body, meta, source=own.path)


def _entry(entry: NavEntry, found: Mapping[str, WrittenPage]) -> NavEntry:
    """Return `entry` with the paths of the hand-written pages and, except for the home page, their own titles."""
    children = tuple(_entry(child, found) for child in entry.children)
    own = found.get(entry.path or "")
    if own is None:
        return replace(entry, children=children)
    return NavEntry("" if own.is_titled and entry.path != HOME else entry.title, own.path, children)
