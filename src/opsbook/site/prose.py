"""Rewrite the prose of a runbook for its page, or for a text that is pasted elsewhere.

A runbook lies in `runbooks/` or in a folder there, and its links lead to files of the repository. On the site all
runbooks are at one level and the hand-written pages are no longer below `docs/`, and a text that is pasted elsewhere
needs addresses in its links.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from markupsafe import Markup

from opsbook.site.code import block_html
from opsbook.site.kept import Keeper, without_tokens
from opsbook.site.links import link_to
from opsbook.source.fences import scan_fences

_LINK = re.compile(r"\]\((?P<target>[^()\s:#]+\.md)")
_LEFT_TO_THE_SITE = frozenset({"mermaid"})


@dataclass(frozen=True)
class SourceLinks:
    """Tells where the links of one file of the repository lead on the site."""

    file: str
    """The path of the file, from the root of the repository."""
    pages: Mapping[str, str]
    """The source addresses of pages, by the files that they are written in."""
    docs: str = "docs"
    """The folder of the hand-written pages, from the root of the repository."""

    def page(self, target: str) -> str | None:
        """Return the source address that the link `target` leads to; None where it leads to nothing of the site."""
        found = posixpath.normpath(posixpath.join(posixpath.dirname(self.file), unquote(target)))
        below = found.removeprefix(f"{self.docs}/")
        return self.pages.get(found) or (below if below != found else None)


def page_prose(markdown: str, path: str, keeper: Keeper, links: SourceLinks) -> Markup:
    """Return `markdown` for the page `path`: `links` as the site has them, and blocks of code that can be copied.

    The blocks are the engine's own HTML, so `keeper` keeps them.
    """
    lines = without_tokens(markdown).split("\n")
    written: list[str] = []
    last = 0
    for fence in scan_fences(lines, path).fences:
        if fence.indent or not fence.language or fence.language in _LEFT_TO_THE_SITE:
            continue
        token = str(keeper.keep(block_html(fence.content, fence.language, fence.attributes.get("title", ""))))
        written += [*lines[last : fence.line - 1], "", token, ""]
        last = fence.end_line
    text = "\n".join([*written, *lines[last:]])
    return Markup(site_links(text, path, links))  # noqa: S704 - Markdown of a hand-written file, with only our own tokens


def site_links(markdown: str, path: str, links: SourceLinks) -> str:
    """Return `markdown` with its `links` as the page `path` has them; one that leads to nothing known stays."""

    def linked(match: re.Match[str]) -> str:
        page = links.page(match["target"])
        return f"]({posixpath.relpath(page, posixpath.dirname(path))}" if page else match.group()

    return _LINK.sub(linked, markdown)


def plain_prose(markdown: str, path: str, links: SourceLinks) -> str:
    """Return the `markdown` of the page `path` with its `links`, which get the addresses of the site."""

    def linked(match: re.Match[str]) -> str:
        page = links.page(match["target"]) or posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(match["target"]))
        )
        return f"]({link_to(page)}"

    return _LINK.sub(linked, markdown)
