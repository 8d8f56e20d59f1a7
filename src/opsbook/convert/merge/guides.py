"""Bring the guides that an import writes up to date, but for those that the team has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from opsbook.convert.merge.report import ReportLine

_GUIDE = re.compile(r"practices/(?P<area>[^/]+)/(?P<item>[^/]+)\.md$")
_OF_AN_AREA = ("index", "README")

PageContent = Callable[[str], bytes | None]
"""Returns what stands in a page, by its path below the hand-written pages; None where it is not there."""


@dataclass
class GuideChanges:
    """The pages to write, by their paths, the items whose guides go, what there is to say, and what to remember."""

    written: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    lines: list[ReportLine] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)


def guide_hashes(pages: Mapping[str, str]) -> Mapping[str, str]:
    """Return the hash of each page that an import writes, by what it is about: an item, else its path."""
    return {key_of_page(path): page_hash(text.encode()) for path, text in pages.items()}


def key_of_page(path: str) -> str:
    """Return the id of the item that the page at `path` is the guide of, else `path`: a guide moves with its item.

    >>> key_of_page("practices/alerts/route-them.md"), key_of_page("practices/alerts/index.md")
    ('route-them', 'practices/alerts/index.md')
    """
    found = _GUIDE.match(path)
    return found["item"] if found and found["item"] not in _OF_AN_AREA else path


def page_hash(content: bytes) -> str:
    """Return the hash of a page, whatever its line ends are."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def pages_here(pages: Mapping[str, str], ids: Mapping[str, str], areas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield `pages` at their paths here: `ids` are those of `checklist.yml` by those of the list, `areas` by item.

    A guide of an item that `checklist.yml` does not have is left out.
    """
    for path, text in pages.items():
        found = _GUIDE.match(path)
        if found is None:
            yield path, text
        elif found["item"] in _OF_AN_AREA:
            if area := ids.get(found["area"]):
                yield f"practices/{area}/{found['item']}.md", text
        elif (item := ids.get(found["item"])) and item in areas:
            yield f"practices/{areas[item]}/{item}.md", text


def guide_changes(
    pages: Mapping[str, str], known: Mapping[str, str], before: PageContent, now: PageContent, removed: Collection[str]
) -> GuideChanges:
    """Return what becomes of the guides, where the list now has `pages`, at their paths here.

    `known` are the hashes of what was written last. `before` is what stands in a page, `now` the same with links that
    follow moved pages. `removed` are the ids of items that are taken out.
    """
    found = GuideChanges()
    for path, text in pages.items():
        key, new = key_of_page(path), page_hash(text.encode())
        there, content = before(path), now(path)
        found.hashes[key] = new
        if there is None or content is None:
            if key not in known:
                found.written[path] = text.encode()
                found.lines.append(ReportLine("+", f"new page: {path}"))
        elif page_hash(there) == known.get(key):
            if new != known[key]:
                found.written[path] = text.encode()
                found.lines.append(ReportLine("~", f"page: {path}"))
            else:
                found.hashes[key] = page_hash(content)
        elif new not in (known.get(key), page_hash(there)):
            found.lines.append(ReportLine("=", f"the list has another text for {path}; yours stays"))
    for key in sorted(known.keys() - found.hashes.keys()):
        if key in removed:
            found.gone.append(key)
        else:
            found.hashes[key] = known[key]
    return found
