"""Put the words by which a page is found into its text, out of sight, since no other engine has a field for them.

The theme's index keeps them apart while this engine builds (`opsbook.mkdocs.search`). An element that is `hidden` is
shown to nobody, a screen reader included, and is indexed by MkDocs, Material, Zensical and Backstage alike.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from opsbook.mkdocs.searchwords import page_words
from opsbook.source.fences import scan_fences
from opsbook.source.headings import Heading, scan_headings


def with_words(markdown: str, meta: Mapping[str, Any], path: str) -> str:
    """Return `markdown` with its words at the end of what stands before the first section.

    There they belong to the page as a whole. A page that is left out of the search has none.
    """
    if (meta.get("search") or {}).get("exclude"):
        return markdown
    lines = markdown.split("\n")
    headings = scan_headings(lines, scan_fences(lines, path).hidden)
    words = page_words(_title(meta, headings), meta)
    at = next((heading.line - 1 for heading in headings if heading.level > 1 and heading.column == 1), len(lines))
    return "\n".join([*lines[:at], "", f"<p hidden>{words}</p>", "", *lines[at:]]) if words else markdown


def _title(meta: Mapping[str, Any], headings: tuple[Heading, ...]) -> str:
    first = headings[0].text if headings and headings[0].level == 1 else ""
    return html.unescape(str(meta.get("title", first)))
