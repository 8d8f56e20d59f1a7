"""Write a link as the source that it leads to, until the site engine says which address that source has.

Where a page is served depends on `mkdocs.yml` and on other plugins, and a page function knows neither. So it writes the
source address between two Unicode noncharacters, which no file of a user may hold, and a shell puts an address in the
place of both.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_LINK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def link_to(target: str) -> str:
    """Return the link to the source address `target`: a page, an asset, or a folder with a slash at the end.

    An anchor stays behind the link, where a query may follow as well.
    """
    path, hash_sign, anchor = target.partition("#")
    return f"{_OPEN}{path}{_CLOSE}{hash_sign}{anchor}"


def source_of(link: str) -> str:
    """Return the source address that `link`, the value of an attribute, leads to; an empty text where it is no source.

    Queries and anchors are left out.
    """
    found = _LINK.match(link)
    return html.unescape(found[1]) if found else ""


def with_addresses(text: str, address: Callable[[str], str]) -> str:
    """Return `text`, which is HTML or SVG, with `address` of the source in place of each link."""
    return _LINK.sub(lambda link: html.escape(address(html.unescape(link[1]))), text) if _OPEN in text else text
