"""Put the generated pages into the navigation that a site writes itself, where its `nav` has a word for them.

`opsbook` stands for every generated tab that the rest of `nav` leaves out, `opsbook/runbooks` for one part.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel

from opsbook.assembly.parts import PARTS, part_of
from opsbook.assembly.site import Site
from opsbook.graph import Graph
from opsbook.mkdocs.compat.translations import without_language
from opsbook.mkdocs.navigation import Nav, navigation
from opsbook.nouns.page.model import WrittenPage
from opsbook.problems import counted, did_you_mean
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import NavEntry
from opsbook.source.sitefile import nav_targets

log = logging.getLogger("mkdocs.plugins.opsbook")
ALL = "opsbook"
NAVIGATORS = frozenset({"awesome-nav", "awesome-pages"})
LITERATE = "literate-nav"
_WORD = re.compile(r"opsbook(?:/(?P<part>[a-z-]+))?")


def site_navigation(config: MkDocsConfig, files: Files, site: Site, graph: Graph) -> Nav | None:
    """Return the `nav` of `site`: that of `mkdocs.yml` with the generated entries in it, or one of all pages.

    None where another plugin makes it.

    Generated pages that a `nav` of the site leaves out are marked so in `files`, since nobody has forgotten them.
    """
    hidden = config.not_in_nav.match_file if config.not_in_nav else lambda _path: False
    entries = list(_without(site.navigation, lambda path: bool(hidden(path))))
    if config.nav is None and _is_made_elsewhere(config, files):
        return None
    if config.nav is None:
        titles = {path: page.title for path, page in graph.by_id(WrittenPage).items()}
        shown = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        written = [file.src_uri for file in shown if file.src_uri not in site.owners]
        return navigation(entries, without_language(config, written), titles, site_language(graph))
    nav = completed(config.nav, entries, site_language(graph))
    listed = set(nav_targets(nav))
    made = [file for file in files.documentation_pages() if file.src_uri in site.owners]
    left = [file for file in made if file.src_uri not in listed]
    for file in left:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    if left:
        pages = counted(len(left), "generated page is", "generated pages are")
        log.info("%s in no navigation; in `nav`, `- %s` stands for what the other entries leave out", pages, ALL)
    return nav


def _is_made_elsewhere(config: MkDocsConfig, files: Files) -> bool:
    """Return whether another plugin makes the navigation: of all files, or of a file of links that is there."""
    if NAVIGATORS & config.plugins.keys():
        return True
    plugin = config.plugins.get(LITERATE)
    return plugin is not None and files.get_file_from_path(str(plugin.config["nav_file"])) is not None


def word_fault(text: str) -> str:
    """Return what is wrong with an entry of `nav`; an empty text where it is no word of the engine, or a right one.

    >>> word_fault("opsbook/runbook"), word_fault("opsbook/runbooks"), word_fault("opsbook/index.md")
    ('no part of the site is called `runbook`; did you mean `runbooks`?', '', '')
    """
    word = _WORD.fullmatch(text)
    if not word or word["part"] is None or word["part"] in PARTS:
        return ""
    return f"no part of the site is called `{word['part']}`; {did_you_mean(word['part'], PARTS)}"


def completed(nav: Nav, entries: Iterable[NavEntry], language: SiteLanguage) -> Nav:
    """Return `nav` with the generated `entries` in place of the words for them."""
    listed = set(nav_targets(nav))
    left = list(_without(entries, lambda path: path in listed))
    words = filter(None, map(_WORD.fullmatch, listed))
    parts = {word["part"] for word in words if word["part"]}
    found: dict[str, list[NavEntry]] = {part: list(_of_part(left, part)) for part in parts}
    rest = list(_without(left, lambda path: part_of(path) in parts))
    made = {f"{ALL}/{part}": navigation(each, (), {}, language) for part, each in found.items()}
    return list(_filled(nav, {**made, ALL: navigation(rest, (), {}, language)}))


def _filled(nav: Nav, words: Mapping[str, Nav]) -> Iterator[Any]:
    for entry in nav:
        if not isinstance(entry, dict):
            yield from _replaced(entry, words)
            continue
        for title, value in entry.items():
            below = list(_filled(value, words)) if isinstance(value, list) else list(_replaced(value, words))
            if value not in words if isinstance(value, str) else not isinstance(value, list):
                yield {title: value}
            elif below:
                yield {title: _opened(below) if isinstance(value, str) else below}


def _replaced(entry: Any, words: Mapping[str, Nav]) -> Nav:
    if not isinstance(entry, str) or entry not in words:
        return [entry]
    if not words[entry]:
        log.info("`%s` in `nav` stands for nothing: the site has no such page", entry)
    return words[entry]


def _opened(nav: Nav) -> Nav:
    """Return what is below a tab where it is the only one, for a word that has a title of its own."""
    if len(nav) == 1 and isinstance(nav[0], dict):
        (below,) = nav[0].values()
        return below if isinstance(below, list) else nav
    return nav


def _of_part(entries: Iterable[NavEntry], part: str) -> Iterator[NavEntry]:
    """Yield the entries of one part, in whatever section they stand."""
    for entry in entries:
        paths = list(_paths(entry))
        if all(part_of(path) == part for path in paths):
            yield entry
        elif any(part_of(path) == part for path in paths):
            left = tuple(_of_part(entry.children, part))
            yield replace(entry, children=left) if part_of(paths[0]) == part else left[0]


def _without(entries: Iterable[NavEntry], is_hidden: Callable[[str], bool]) -> Iterator[NavEntry]:
    """Yield `entries` without the pages that are hidden, and without sections that have no other."""
    for entry in entries:
        children = tuple(_without(entry.children, is_hidden))
        if not (entry.path and is_hidden(entry.path)) and (children or not entry.children):
            yield replace(entry, children=children)


def _paths(entry: NavEntry) -> Iterator[str]:
    if entry.path:
        yield entry.path
    for child in entry.children:
        yield from _paths(child)
