"""Write pages as the index of a folder of their own, so that their raw HTML leads to the same places on every engine.

Zensical takes the addresses in raw HTML for paths of source files, and prefixes them with `../` on a page that is no
index; MkDocs leaves them alone. On `a/b/index.md` both say the same, and its address is that of `a/b.md`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from opsbook.markup.visible import visible
from opsbook.mkdocs.rehearsal import ReadPage
from opsbook.site.filling import fill_markdown
from opsbook.source.fences import scan_fences
from opsbook.source.links import scan_links

Moved = Mapping[str, str]
"""The new paths of the pages that have one, by the old ones."""
_LEADS_SOMEWHERE = re.compile(r"<[a-zA-Z][^<>]*\s(?:href|src|poster|data)\s*=", re.IGNORECASE)


def moved_pages(pages: Iterable[ReadPage]) -> Moved:
    """Return the new path of each of `pages` with an address in raw HTML that is served as a folder and is no index."""
    pages = list(pages)
    taken = {page.path for page in pages}
    moved = {page.path: page.destination.removesuffix("html") + "md" for page in pages if _is_apart(page)}
    return {old: new for old, new in moved.items() if new not in taken}


def _is_apart(page: ReadPage) -> bool:
    folder = posixpath.dirname(page.path)
    is_index_elsewhere = page.destination.endswith("/index.html") and posixpath.dirname(page.destination) != folder
    return is_index_elsewhere and bool(_LEADS_SOMEWHERE.search(fill_markdown(page.markdown, page.kept)))


def relinked(markdown: str, path: str, moved: Moved, known: Collection[str]) -> str:
    """Return the `markdown` of the page `path` with its links between the files `known` as they lead when all moved."""
    pieces, end = [], 0
    for start, target in _targets(markdown, path):
        pieces += [markdown[end:start], _relinked(target, path, moved, known)]
        end = start + len(target)
    return "".join([*pieces, markdown[end:]])


def _targets(markdown: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the text of each target of a link or a picture, outside of code."""
    lines = markdown.split("\n")
    shown = visible(lines, scan_fences(lines, path).fences)
    numbered = enumerate(shown.text.split("\n"), start=1)
    readable = "\n".join(" " * len(line) if number in shown.indented else line for number, line in numbered)
    yield from sorted((link.start, link.target) for link in scan_links(readable, nested=True))


def _relinked(target: str, path: str, moved: Moved, known: Collection[str]) -> str:
    written, rest = re.fullmatch(r"([^?#]*)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    source = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(written)))
    if not written or source not in known or (path not in moved and source not in moved):
        return target
    new = posixpath.relpath(moved.get(source, source), posixpath.dirname(moved.get(path, path)) or ".")
    return (quote(new) if "%" in written else new) + rest


def renamed(value: Any, moved: Moved) -> Any:
    """Return a setting in which each text that is the path of a page is its new path, at any depth."""
    if isinstance(value, str):
        path, hash_sign, anchor = value.partition("#")
        return moved.get(path, path) + hash_sign + anchor
    if isinstance(value, dict):
        return {key: renamed(each, moved) for key, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, moved) for each in value]
    return value
