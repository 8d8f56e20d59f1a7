"""Which pages a page leads to, as the engine hands it to MkDocs."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from opsbook.assembly.kinds import NODE_KINDS
from opsbook.assembly.site import Site
from opsbook.graph import Graph
from opsbook.site.links import with_addresses
from opsbook.site.page import Page


def links_of(page: Page) -> set[str]:
    """The source addresses that `page` leads to, with those under "Related", which are in its front matter."""
    texts = (page.markdown, *(each.html for each in page.kept.values()), *strings_in(page.meta))
    marked = with_addresses("".join(texts), lambda source: f"\0{source}\0")
    return set(map(html.unescape, marked.split("\0")[1::2]))


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from strings_in(each)


def leading_fields(graph: Graph, site: Site) -> tuple[set[str], set[str]]:
    """The fields that name something with a page of its own, as `Class.field`, and those of them that lead there."""
    named, led = set(), set()
    links = {page.path: links_of(page) for page in site.pages}
    for name in NODE_KINDS:
        for link in (link for node in graph.nodes(name).values() for link in graph.links_from(node)):
            source, target = (link.source.path or "").partition("#")[0], link.target.path
            if source in links and target and source != target:
                field = f"{type(link.source.value).__name__}.{link.field}"
                named.add(field)
                led |= {field} if target in links[source] else set()
    return named, led
