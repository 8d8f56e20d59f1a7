"""Take links out of the engine's HTML that lead to pages which a site does without.

What such a link says stays where it names a thing, such as a phase of the roadmap; a link that is only a way to a
list, such as "All runbooks", goes with its words. A section whose list has no other links goes as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from typing import Any

from opsbook.site.kept import Body
from opsbook.site.links import source_of
from opsbook.site.page import Page

_LINK = re.compile(r"<a\b(?P<attributes>[^<>]*)>(?P<inside>.*?)</a>", re.DOTALL)
_HREF = re.compile(r"""\s(?:xlink:)?href="(?P<address>[^"]*)\"""")
_OF_LINKS = re.compile(r"""\s(?:xlink:href|target|rel|title|data-ob-[a-z-]+)="[^"]*\"""")
_DATA = re.compile(r"""\sdata-ob-[a-z-]+="(?P<address>[^"]*)\"""")
_SECTION = re.compile(r"<section\b(?:(?!<section\b).)*?</section>", re.DOTALL)
_EMPTY = re.compile(r"\n?<(p|li|ul|ol)\b[^<>]*>\s*</\1>")


@dataclass(frozen=True)
class Gone:
    """The source addresses at which a site has no page: of `things` with a name, and of `ways`, such as lists."""

    things: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.things or self.ways)

    def without_links(self, html: str) -> str:
        """Return `html`, which the engine wrote, without links to what is gone."""
        if not self or ("<a" not in html and "data-ob-" not in html):
            return html
        gone = self.things | self.ways
        changed = _SECTION.sub(lambda section: "" if _is_list_of(section[0], gone) else section[0], html)
        changed = _DATA.sub(lambda data: "" if source_of(data["address"]) in self.ways else data[0], changed)
        changed = _LINK.sub(lambda link: _unlinked(link, self.things, self.ways), changed)
        if changed == html:
            return html
        while (shorter := _EMPTY.sub("", changed)) != changed:
            changed = shorter
        return changed

    def without_related(self, groups: Iterable[Any]) -> list[Any]:
        """Return the groups of related pages without what is gone."""
        gone = self.things | self.ways
        left = [
            {**group, "links": [link for link in group["links"] if source_of(link["url"]) not in gone]}
            for group in groups
        ]
        return [group for group in left if group["links"]]

    def without_links_of(self, page: Page) -> Page:
        """Return `page` without links to what is gone, in its body and among its related pages."""
        if not self:
            return page
        meta = dict(page.meta)
        if "related" in meta:
            meta["related"] = self.without_related(meta["related"])
        markdown, kept = page.markdown, {}
        for digest, fragment in page.kept.items():
            changed = replace(fragment, html=self.without_links(fragment.html))
            markdown = markdown.replace(digest, changed.digest)
            kept[changed.digest] = changed
        return replace(page, body=Body(markdown, kept), meta=meta)


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return source_of(found["address"]) if found else ""


def _is_list_of(section: str, gone: Set[str]) -> bool:
    """Return whether the lists of a section have links, all of which lead to what is gone."""
    starts = [at for at in map(section.find, ("<ul", "<ol")) if at >= 0]
    end = max(map(section.rfind, ("</ul>", "</ol>")))
    targets = [_href(link["attributes"]) for link in _LINK.finditer(section[min(starts, default=end) : end])]
    return bool(targets) and all(target in gone for target in targets)


def _unlinked(link: re.Match[str], things: Set[str], ways: Set[str]) -> str:
    target = _href(link["attributes"])
    if target in ways:
        return ""
    if target not in things:
        return link[0]
    is_drawn = link.string.rfind("<svg", 0, link.start()) > link.string.rfind("</svg>", 0, link.start())
    element = "g" if is_drawn else "span"
    attributes = _OF_LINKS.sub("", _HREF.sub("", link["attributes"]))
    return f"<{element}{attributes}>{link['inside']}</{element}>" if attributes.strip() else link["inside"]
