"""Let links in Markdown lead to where pages have moved, from where the page that holds them is now."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from opsbook.source.links import page_links

_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|#|\?|$")


def with_new_links(text: str, at: Sequence[str], now: Sequence[str], moved: Mapping[str, str]) -> str:
    """Return `text` with every relative link that would lead nowhere changed; code stays as it is.

    `at` are the paths by which links from the page are read, from the repository and from the site, and `now` the
    same after the move. `moved` has the new path of each page by its old one.
    """
    for link in reversed(page_links(text, nested=True)):
        target, mark, rest = _divided(link.target)
        if _OUTSIDE.match(link.target):
            continue
        for before, after in zip(at, now, strict=True):
            old = posixpath.normpath(posixpath.join(posixpath.dirname(before), target))
            new = posixpath.relpath(moved.get(old, old), posixpath.dirname(after) or ".")
            has_moved = old in moved or posixpath.dirname(before) != posixpath.dirname(after)
            if has_moved and new != posixpath.normpath(target):
                text = f"{text[: link.start]}{new}{mark}{rest}{text[link.end :]}"
                break
    return text


def _divided(target: str) -> tuple[str, str, str]:
    """Return the path, and what follows it: a query or a fragment."""
    found = re.search(r"[?#]", target)
    return (target, "", "") if found is None else (target[: found.start()], found.group(), target[found.end() :])
