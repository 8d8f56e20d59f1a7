"""Rewrite the prose of a runbook for its page, or for a text that is pasted elsewhere.

A runbook lies in `runbooks/`, where its links lead to files of the repository. On the site the hand-written pages are
no longer below `docs/`, and a text that is pasted elsewhere needs addresses in its links.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from markupsafe import Markup

from opsbook.site.code import block_html
from opsbook.site.kept import Keeper, without_tokens
from opsbook.site.links import link_to
from opsbook.source.fences import scan_fences

_LINK = re.compile(r"\]\((?P<target>[^()\s:#]+\.md)")
_LEFT_TO_THE_SITE = frozenset({"mermaid"})


def page_prose(markdown: str, path: str, keeper: Keeper) -> Markup:
    """Return `markdown` for the page `path`: links as the site has them, and blocks of code that can be copied.

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
    linked = _LINK.sub(lambda match: "](" + _from(path, _source(match["target"], path)), text)
    return Markup(linked)  # noqa: S704 - Markdown of a hand-written file, without tokens that are not the keeper's


def plain_prose(markdown: str, path: str) -> str:
    """Return the `markdown` of the page `path` with links that get the addresses of the site."""
    return _LINK.sub(lambda match: "](" + link_to(unquote(_source(match["target"], path))), markdown)


def _source(target: str, path: str) -> str:
    """Return the source address that the link `target` leads to, in the file of the page `path`."""
    source = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return source.removeprefix("docs/")


def _from(path: str, source: str) -> str:
    return posixpath.relpath(source, posixpath.dirname(path))
