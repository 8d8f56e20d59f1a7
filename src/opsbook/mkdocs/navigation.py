"""Make the `nav` that MkDocs reads from the generated entries and the hand-written pages.

The first part of an address decides the tab: `runbooks/…` is under Runbooks. What no tab claims is under Reference,
each folder as a section of its own. So there are at most eight tabs, whatever is added.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from opsbook.assembly.health import PART as HEALTH_PART
from opsbook.assembly.kinds import KINDS
from opsbook.nouns.page.load import title_of_name
from opsbook.site.language import SiteLanguage
from opsbook.site.page import HOME, INDEXES, NavEntry, destination
from opsbook.site.words import N_

Nav = list[Any]
REST = N_("Reference")


def _tabs() -> Mapping[str, Sequence[str]]:
    """Return the tabs after Home in the order of the kinds, each with the first parts of its addresses in order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for tab in (tab for kind in KINDS for tab in kind.tabs):
        found.setdefault(tab.title, []).extend((tab.rank, part) for part in tab.parts)
    rest = found.pop(REST, [])
    return {
        title: [part for _, part in sorted(parts, key=lambda pair: pair[0])]
        for title, parts in (*found.items(), (REST, rest))
    }


TABS = _tabs()


def navigation(
    entries: Iterable[NavEntry], paths: Iterable[str], titles: Mapping[str, str], language: SiteLanguage
) -> Nav:
    """Return the navigation of the site: `entries`, and those of `paths` that they leave out.

    `titles` has the titles of hand-written pages by path; the title of a folder is that of its index page. Tabs are
    called as `language` has it.
    """
    entries = list(entries)
    missing = sorted(set(paths).difference(*map(_paths, entries)))
    entries += (NavEntry(language.gettext("Home"), path) for path in missing if _is_at_home(path))
    home = [entry for entry in entries if _is_home(entry)]
    tabs = {
        title: _generated(title, language.gettext(title), entries) + _written(title, missing, titles) for title in TABS
    }
    return [
        *(_shown(entry) for entry in home),
        *(
            {
                language.gettext(title): [
                    _shown(child) for child in sorted(children, key=lambda child: _place(title, child))
                ]
            }
            for title, children in tabs.items()
            if children
        ),
    ]


def _generated(tab: str, shown: str, entries: Iterable[NavEntry]) -> list[NavEntry]:
    """Return the entries of `tab`; an entry with the name `shown` of the tab is replaced by its children."""
    children: list[NavEntry] = []
    for entry in entries:
        if not _is_home(entry) and _tab(_first_path(entry)) == tab:
            children += entry.children if entry.title == shown and entry.children else (entry,)
    return children


def _written(tab: str, paths: Iterable[str], titles: Mapping[str, str]) -> list[NavEntry]:
    """Return the pages of `tab`: those of a folder that the tab claims one by one, any other folder as a section."""
    children: list[NavEntry] = []
    mine = (path for path in paths if not _is_at_home(path) and _tab(path) == tab)
    for name, group in groupby(mine, key=lambda path: path.split("/")[0]):
        folder = _folder(list(group), name, titles)
        children += folder.children if folder.children and name in TABS[tab] else (folder,)
    return children


def _folder(paths: Sequence[str], prefix: str, titles: Mapping[str, str]) -> NavEntry:
    """Return `prefix` as a page, or as a section: its index page, its pages, then its folders."""
    if list(paths) == [prefix]:
        return NavEntry("", prefix)
    below = [(path, path.removeprefix(prefix + "/").split("/")) for path in paths]
    pages = sorted((path for path, parts in below if len(parts) == 1), key=lambda path: (not _is_index(path), path))
    folders = groupby((pair for pair in below if len(pair[1]) > 1), key=lambda pair: pair[1][0])
    sections = [_folder([path for path, _ in group], f"{prefix}/{name}", titles) for name, group in folders]
    index = pages[0] if pages and _is_index(pages[0]) else ""
    title = titles.get(index) or title_of_name(prefix.rpartition("/")[2])
    return NavEntry(title, children=(*(NavEntry("", path) for path in pages), *sections))


def _place(tab: str, entry: NavEntry) -> int:
    """Return where `entry` stands in `tab`: what the tab claims, then what people wrote, then the health page."""
    part = _part(_first_path(entry))
    if part == HEALTH_PART:
        return len(TABS[tab]) + 1
    return TABS[tab].index(part) if part in TABS[tab] else len(TABS[tab])


def _tab(path: str) -> str:
    return next((tab for tab, parts in TABS.items() if _part(path) in parts), REST)


def _part(path: str) -> str:
    return path.split("/")[0].removesuffix(".md")


def _is_home(entry: NavEntry) -> bool:
    return entry.path is not None and _is_at_home(entry.path)


def _is_at_home(path: str) -> bool:
    return destination(path) == destination(HOME)


def _is_index(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return bool(folder) and name.removesuffix(".md") in INDEXES


def _paths(entry: NavEntry) -> Iterator[str]:
    if entry.path:
        yield entry.path
    for child in entry.children:
        yield from _paths(child)


def _first_path(entry: NavEntry) -> str:
    return next(_paths(entry), "")


def _shown(entry: NavEntry) -> Any:
    """Return an entry as MkDocs reads it. Titles are escaped, since themes print them unescaped."""
    if entry.children:
        return {html.escape(entry.title, quote=False): [_shown(child) for child in entry.children]}
    return {html.escape(entry.title, quote=False): entry.path} if entry.title else entry.path
