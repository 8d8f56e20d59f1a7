"""List what is related to a page, as the theme shows it on the right: headings, and links below each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from opsbook.graph import Graph, GraphNode
from opsbook.site.language import site_language
from opsbook.site.links import link_to
from opsbook.site.text import plain
from opsbook.site.words import ENGLISH

RelatedGroup = Mapping[str, Any]


def related(
    value: object, graph: Graph, *groups: tuple[str, Iterable[GraphNode]], shown: Collection[str] = ()
) -> list[RelatedGroup]:
    """Return what is related to the node `value`: each of `groups`, a heading and its nodes, then what names the node.

    What names it stands under the heading of its kind, but for nodes of `groups` and for the kinds in `shown`, which
    the page shows itself. Headings are messages of the catalogs. Nodes without a page and groups without nodes are left
    out.
    """
    listed = [(heading, [node for node in nodes if node.path]) for heading, nodes in groups]
    known = {node.key for _, nodes in listed for node in nodes}
    sources = {link.source.key: link.source for link in graph.links_to(graph.node(value))}
    for kind, heading in graph.headings.items():
        if kind not in shown:
            found = (node for node in sources.values() if node.kind == kind and node.path and node.key not in known)
            listed.append((heading, list(found)))
    language = site_language(graph)
    return [
        {
            "title": language.gettext(heading),
            **({} if language.has(heading) else {"lang": ENGLISH}),
            "links": list(map(_link, nodes)),
        }
        for heading, nodes in listed
        if nodes
    ]


def _link(node: GraphNode) -> Mapping[str, str]:
    return {"title": plain(node.title), "url": link_to(node.path or "")}
