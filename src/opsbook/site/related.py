"""List what is related to a page, as the theme shows it on the right: headings, and links below each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from opsbook.graph import Graph, GraphNode
from opsbook.site.language import site_language
from opsbook.site.links import link_to
from opsbook.site.text import plain
from opsbook.site.words import ENGLISH

RelatedGroup = Mapping[str, Any]


def related(graph: Graph, *groups: tuple[str, Iterable[GraphNode]]) -> list[RelatedGroup]:
    """Return each of `groups`, a heading and its nodes with a page, except groups without such nodes.

    A heading is a message of the catalogs; one that stays English says so.
    """
    language = site_language(graph)
    made = [
        {
            "title": language.gettext(title),
            **({} if language.has(title) else {"lang": ENGLISH}),
            "links": [_link(node) for node in nodes if node.path],
        }
        for title, nodes in groups
    ]
    return [group for group in made if group["links"]]


def _link(node: GraphNode) -> Mapping[str, str]:
    return {"title": plain(node.title), "url": link_to(node.path or "")}
