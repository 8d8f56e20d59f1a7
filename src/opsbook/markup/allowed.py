"""List what a page may hold: tags, attributes and classes. Cleaning and scanning read the same list.

It covers what Python-Markdown, the extensions that Material recommends and Material's own content features render.
What is not on it is taken out: scripts, styles, event handlers, frames, forms, and what the theme's or our own scripts
take for a part of the page's frame.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from opsbook.markup.addresses import link_fault, picture_fault


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    """address aside blockquote center details div dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hgroup hr li ol p pre
    section summary ul caption col colgroup table tbody td tfoot th thead tr"""
)
_TEXT = _words(
    """a abbr b bdi bdo big br cite code data del dfn em i img ins kbd mark meter progress q rp rt ruby s samp small
    span strike strong sub sup time tt u var wbr"""
)
_CONTROLS = _words("input label")  # Those of task lists and of content tabs.
DRAWN_TAGS = _words("circle ellipse g line path polygon polyline rect svg")
"""The tags of icons: what pymdownx.emoji writes into the page."""
_REFERENCE = "autoref"
"""What mkdocs-autorefs puts a link in the place of, once all pages are read; it means nothing to a browser."""
TAGS = _BLOCKS | _TEXT | _CONTROLS | DRAWN_TAGS | {_REFERENCE}

_SIZES = frozenset({"height", "width"})
_CHANGE = frozenset({"cite", "datetime"})
_CELL = frozenset({"abbr", "align", "colspan", "headers", "rowspan", "scope", "valign", "width"})
_ALIGN = frozenset({"align"})
_DRAWN = _words(
    """clip-rule cx cy d fill fill-opacity fill-rule height opacity points r rx ry stroke stroke-dasharray
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width transform width x x1 x2 y y1 y2"""
)

# `markdown` is read by md_in_html and means nothing to a browser; the `data-*` are those that the search plugin,
# instant previews, pictures that open large, code blocks and content tabs read.
GLOBAL_ATTRIBUTES = _words(
    """class data-caption data-description data-gallery data-linenos data-preview data-search-exclude data-tabs
    data-title dir id lang markdown role tabindex title translate"""
)
PREFIXES = frozenset({"aria-"})
"""Attributes that begin like this are allowed on every tag."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    _REFERENCE: _words("backlink-anchor backlink-type domain filepath hover identifier lineno optional origin slug"),
    "a": frozenset({"download", "href", "hreflang", "name", "rel", "rev", "target", "type"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"align", "span", "width"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": _CHANGE,
    "details": frozenset({"name", "open"}),
    "div": _ALIGN,
    **{f"h{level}": _ALIGN for level in range(1, 7)},
    "img": frozenset({"align", "alt", "decoding", "loading", "src"}) | _SIZES,
    "input": frozenset({"checked", "disabled", "name", "type"}),
    "ins": _CHANGE,
    "label": frozenset({"for"}),
    "li": frozenset({"value"}),
    "meter": frozenset({"high", "low", "max", "min", "optimum", "value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "p": _ALIGN,
    "progress": frozenset({"max", "value"}),
    "q": frozenset({"cite"}),
    "table": _ALIGN | {"width"},
    "td": _CELL,
    "th": _CELL,
    "time": frozenset({"datetime"}),
    "tr": frozenset({"align", "valign"}),
    **dict.fromkeys(DRAWN_TAGS, _DRAWN),
    "svg": _DRAWN | {"viewBox", "xmlns"},
}

ANY_TAG = frozenset(name.lower() for names in ATTRIBUTES.values() for name in names)
"""The attributes that some tag may have; an attribute list does not say which tag it will meet."""

CONTENT_CLASSES = frozenset({"md-button", "md-button--primary", "md-tag", "md-typeset"})
"""The classes of the theme that belong to content. With the others, text could pose as the frame of the page."""
_FRAME_CLASS = re.compile(r"(?:md|ob)-", re.IGNORECASE)
# Where the theme looks for its settings and its switches. It takes the first of that name, and text comes first:
# https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/base.html
_FRAME_ID = re.compile(
    r"__(?:comments|config|consent|drawer|md_\w*|nav\w*|palette\w*|search|skip|source|toc|toggle)\Z", re.IGNORECASE
)
_NAMES = frozenset({"for", "id", "name"})
# mkdocs-autorefs writes the values of its tag into the page as they are, after cleaning:
# https://github.com/mkdocstrings/autorefs/blob/1.4.5/src/mkdocs_autorefs/_internal/references.py
_MARKUP = re.compile(r'[<>"]')
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"


def is_allowed_attribute(tag: str, attribute: str) -> bool:
    """Return whether `tag` may have `attribute` at all, whatever its value is."""
    if attribute in GLOBAL_ATTRIBUTES or attribute.startswith("aria-"):
        return True
    named = ATTRIBUTES.get(tag, frozenset())
    return attribute in named or (tag == "svg" and attribute == "viewbox")


def value_fault(tag: str, attribute: str, value: str) -> str | None:
    """Return what is wrong with the value of an attribute that `tag` may have, and what is allowed; None if nothing."""
    if tag == _REFERENCE and _MARKUP.search(value):
        return f'the {attribute} of a reference holds <, > or "; write it without'
    if attribute == "class":
        wrong = frame_classes(value)
        return f"the class {wrong[0]} belongs to the frame of the page; choose another" if wrong else None
    if attribute in _NAMES:
        return f"the {attribute} {value} belongs to the frame of the page; choose another" if _is_frame(value) else None
    if attribute == "href":
        return link_fault(value)
    if attribute == "src":
        return picture_fault(value)
    if tag == "input" and attribute == "type":
        return None if value.lower() in ("checkbox", "radio") else _INPUT
    if attribute == "tabindex":
        return None if value in ("0", "-1") else f"tabindex {value} is not allowed; allowed: 0, -1"
    if tag in DRAWN_TAGS and attribute in ("xmlns", *_DRAWN):
        return _drawn_fault(attribute, value)
    return None


def missing_attribute_fault(tag: str, attributes: frozenset[str]) -> str | None:
    """Return what `tag` lacks, or None: an `input` without a type would be a text field."""
    return _INPUT if tag == "input" and "type" not in attributes else None


def frame_classes(value: str) -> tuple[str, ...]:
    """Return the classes of `value` that belong to the frame of the page, and that a text may not use."""
    return tuple(name for name in value.split() if _FRAME_CLASS.match(name) and name not in CONTENT_CLASSES)


def kept_value(tag: str, attribute: str, value: str) -> str | None:
    """Return what cleaning leaves of the value of an attribute that `tag` may have; None where nothing is left."""
    if tag == _REFERENCE:
        value = _MARKUP.sub("", value)
    if attribute == "class" and (wrong := frame_classes(value)):
        return " ".join(name for name in value.split() if name not in wrong) or None
    if tag == "input" and attribute == "type" and value_fault(tag, attribute, value):
        return "checkbox"
    return None if value_fault(tag, attribute, value) else value


_INPUT = "an input is a checkbox or a radio button; write type=checkbox or type=radio"


def _is_frame(value: str) -> bool:
    return _FRAME_ID.match(value.strip()) is not None


def _drawn_fault(attribute: str, value: str) -> str | None:
    """Return what is wrong with a presentation attribute of an icon; None where nothing is.

    Such attributes are CSS: `url(…)`, also with escapes, could make a request to another host.
    """
    if attribute == "xmlns":
        return None if value == _SVG_NAMESPACE else f"xmlns is {_SVG_NAMESPACE} or not there"
    wrong = "\\" in value or "url" in value.lower()
    return f"{attribute} of an icon holds a plain value, without url() and backslashes" if wrong else None
