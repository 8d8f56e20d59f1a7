"""HTML that Markdown made of text from many hands in, the same without what could act on the reader out."""

from __future__ import annotations

import functools
import re

import nh3

_GLOBAL = {"class", "id", "title", "dir", "lang", "align"}
_ATTRIBUTES = {
    "*": _GLOBAL,
    "a": {"href", "download"},
    "abbr": {"tabindex"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "div": {"data-tabs"},
}
_TAGS = nh3.ALLOWED_TAGS | {"input", "label", "section", "nav", "time", "figure", "figcaption", "button"}
_CLASS = re.compile(r' class="[^"]*\bob-[^"]*"')


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"})


def clean(html: str) -> str:
    """Return `html` with the elements and attributes that a page may have, and no class of the engine's own."""
    return _CLASS.sub("", _cleaner().clean(html))
