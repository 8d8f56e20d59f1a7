"""Find the hand-written pages that no navigation and no other page leads to, where the site writes its `nav` itself.

Otherwise every page is in the navigation. A page counts as reached as soon as any link may mean it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from opsbook.assembly.kinds import NODE_KINDS
from opsbook.graph import Graph
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.page.model import WrittenPage, pages_folder
from opsbook.nouns.post_mortem.model import PostMortem
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.page import HOME, destination
from opsbook.source.links import scan_links
from opsbook.source.sitefile import WrittenNav

_LANGUAGE = re.compile(r"\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?(?=\.md\Z)")
_HREF = re.compile(r"""\bhref=["']?(?P<target>[^"'\s>]+)""")
_PATH = re.compile(r"[^#?]*")


def orphans(graph: Graph) -> Iterator[HealthEntry]:
    """Yield each page that nothing leads to."""
    nav = next(iter(graph.all(WrittenNav)), None)
    if nav is None:
        return
    listed = {*map(destination, nav.paths), *_generated(graph), destination(HOME)}
    left = [page for page in graph.all(WrittenPage) if not _is_reached(page, listed, graph)]
    linked = set(_linked(graph)) if left else set()
    folder = pages_folder(graph)
    for page in left:
        if destination(page.path) not in linked:
            yield HealthEntry(topic=Topic.ORPHANS, title=page.title, target=page.path, file=f"{folder}/{page.path}")


def _generated(graph: Graph) -> Iterator[str]:
    """Yield the addresses of lists and of pages that are made of nodes, to which lists lead."""
    yield from (destination(kind.index) for kind in NODE_KINDS.values() if kind.index)
    for name in NODE_KINDS:
        yield from (destination(node.path) for node in graph.nodes(name).values() if node.path and name != "page")


def _is_reached(page: WrittenPage, listed: set[str], graph: Graph) -> bool:
    """Return whether `page`, or the one that it translates, is `listed` or is named by a noun."""
    original = _LANGUAGE.sub("", page.path)
    return destination(page.path) in listed or destination(original) in listed or bool(graph.links_to(graph.node(page)))


def _linked(graph: Graph) -> Iterator[str]:
    """Yield the addresses of all pages that a link in a text may mean."""
    for file, text, related in _texts(graph):
        targets = [*(link.target for link in scan_links(text)), *(found["target"] for found in _HREF.finditer(text))]
        for target in targets:
            yield from _meant(posixpath.dirname(file), unquote(_path(target)))
            yield from _meant(posixpath.splitext(file)[0], unquote(_path(target)))  # As a browser reads it.
        for target in related:
            yield from _meant("", unquote(_path(target)))


def _texts(graph: Graph) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every text with its path from the folder of the pages, and the addresses under `related` in its head."""
    folder = pages_folder(graph)
    for page in graph.all(WrittenPage):
        related = page.meta.get("related") or []
        yield page.path, page.markdown, [link["url"] for group in related for link in group["links"]]
    yield from ((guide.path, guide.markdown, []) for guide in graph.all(Guide))
    beside = [(source.page.path, source.page.body) for source in graph.all(ParsedRunbook)]
    beside += [(each.path, "\n".join(part.markdown for part in each.sections)) for each in graph.all(PostMortem)]
    up = posixpath.join("", *[".."] * (folder.count("/") + 1))
    yield from ((posixpath.join(up, file), text, []) for file, text in beside)


def _meant(folder: str, path: str) -> Iterator[str]:
    """Yield the addresses that `path` may mean in `folder`: that of a file, or of a page as it is served."""
    place = posixpath.normpath(posixpath.join(folder, path)) if path else ""
    if place:
        yield destination(place)
        yield posixpath.join(place.removesuffix(".html"), "index.html").removeprefix("./")


def _path(target: str) -> str:
    found = _PATH.match(target)
    return found[0] if found else ""
