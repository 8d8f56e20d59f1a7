"""Make the redirects of the site: from each former id to the present one, and those that a noun adds.

A redirect is a page with a plain link. A small script follows the link at once and keeps the query string and the
hash; without scripts, the page forwards by itself, or the reader follows the link.
"""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.assembly.kinds import KINDS, NODE_KINDS
from opsbook.graph import Graph
from opsbook.nouns.kind import Plan, Redirect, former_paths, one
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.links import link_to
from opsbook.site.page import Asset
from opsbook.site.render import whole_file
from opsbook.site.text import plain

SCRIPT = "assets/opsbook/redirect.js"


def redirects(graph: Graph) -> Iterator[Plan[Asset]]:
    """Yield the plan of every redirect of the site, with the file that asks for it."""
    yield from (one(file, redirect_page, found, site_language(graph)) for file, found in all_redirects(graph))


def all_redirects(graph: Graph) -> Iterator[tuple[str, Redirect]]:
    """Yield every redirect of the site, after the file that asks for it."""
    for kind in KINDS:
        yield from ((_file(kind.files), found) for found in kind.redirects(graph))
    for name, node_kind in NODE_KINDS.items():
        for node in graph.nodes(name).values():
            if node.path:
                former = node_kind.former(node) if node_kind.former else former_paths(node)
                for id, at in former:
                    yield node.file, Redirect(at, node.path, id, plain(node.title), is_former=True)


def _file(files: tuple[str, ...]) -> str:
    return files[0].rstrip("/") if files else "opsbook"


def redirect_page(redirect: Redirect, language: SiteLanguage) -> Asset:
    """Return the page, in a site in `language`, that stands at the source address of `redirect` and leads on.

    It is a folder with an index, whatever the site's own pages are: the address of an alert is permanent.
    """
    text = whole_file(
        "redirect.html",
        language,
        title=redirect.title,
        is_former=redirect.is_former,
        linked=redirect.linked,
        target=link_to(redirect.target),
        script=link_to(SCRIPT),
    )
    folder = redirect.source.removesuffix(".md").rstrip("/")
    return Asset(f"{folder}/index.html", text, stands_for=redirect.source if redirect.source.endswith(".md") else "")
