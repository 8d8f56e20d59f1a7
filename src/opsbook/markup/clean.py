"""Take out of the HTML of a page what `allowed` does not list, and say what that would be."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import nh3

from opsbook.markup.addresses import SCHEMES
from opsbook.markup.allowed import (
    ATTRIBUTES,
    GLOBAL_ATTRIBUTES,
    PREFIXES,
    TAGS,
    is_allowed_attribute,
    kept_value,
    missing_attribute_fault,
    value_fault,
)
from opsbook.markup.tags import Tag, TagReader, comment_end, read_tag

# What stands for a fragment of our own until the page is clean (U+FDD0 … U+FDD1) must not be written as references.
_FORGED = re.compile(r"&#(?:[xX]0*[fF][dD][dD][01]|0*6497[67])(?![0-9A-Fa-f]);?")
# The source is screened for characters that turn the direction of text; as references they would come back here.
_TURNING = re.compile(
    "[\u202a-\u202e\u2066-\u2069]|&#(?:[xX]0{0,9}(?:202[a-eA-E]|206[6-9])|0{0,9}(?:823[4-8]|829[4-7]))(?![0-9A-Fa-f]);?"
)
# A parser drops the line end after `<pre>`, and the serializer of html5ever does not write it again.
_PRE = re.compile(r"(<pre(?: [^<>]*)?>)\n")
_START_TAGS = re.compile(r"<(?:[A-Za-z]|!--)")
# The tags of whose content nothing is shown: it goes with them.
_WITH_CONTENT = frozenset({"noembed", "noframes", "script", "style", "template", "textarea", "title", "xmp"})


def clean(html: str) -> str:
    """Return `html` without what is not allowed. Clean HTML comes back unchanged, except that comments are dropped.

    The content of a tag that is not allowed stays, unless no page would show it, such as that of a script.
    """
    if "<" not in html and "&" not in html and "\0" not in html:
        return html
    cleaned = _PRE.sub(r"\1\n\n", _cleaner().clean(_TURNING.sub("\ufffd", _FORGED.sub("\ufffd", html))))
    return _with_types(cleaned) if "<input" in cleaned else cleaned


def removed(html: str) -> tuple[str, ...]:
    """Return what `clean` takes out of `html`, each once: `<script>`, `onclick of <i>`, `href of <a>: a link may …`."""
    found: dict[str, None] = {}
    if _TURNING.search(html):
        found["a character that turns the direction of text"] = None
    for source in dict.fromkeys(_start_tags(html)):
        found |= dict.fromkeys(_judge(source))
    return tuple(found)


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={"*": set(GLOBAL_ATTRIBUTES), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
        generic_attribute_prefixes=set(PREFIXES),
        attribute_filter=_kept,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


@functools.lru_cache(maxsize=16384)
def _kept(tag: str, attribute: str, value: str) -> str | None:
    return kept_value(tag, attribute.lower(), value)


def _start_tags(html: str) -> Iterator[str]:
    """Yield the source of each start tag of `html`."""
    reader = TagReader(html)
    at = 0
    while match := _START_TAGS.search(html, at):
        if match.group() == "<!--":
            at = comment_end(html, match.start())
            continue
        start, end = match.start(), html.find(">", match.end()) + 1
        if start < reader.read_until or not end or not _is_whole(html[start:end]):
            tag = reader.read(start)
            end = tag.end if tag.is_closed else match.end()
            yield html[start : tag.end]
        else:
            yield html[start:end]
        at = end


@functools.lru_cache(maxsize=16384)
def _is_whole(source: str) -> bool:
    """Return whether a tag ends at the first `>` after its start, so that an equal one need not be read again."""
    return read_tag(source, 0).is_closed


@functools.lru_cache(maxsize=16384)
def _judge(source: str) -> tuple[str, ...]:
    return tuple(_faults(read_tag(source, 0)))


def _faults(tag: Tag) -> Iterator[str]:
    if tag.name not in TAGS:
        yield f"<{tag.name}>"
        return
    for attribute, value in tag.attributes:
        if not is_allowed_attribute(tag.name, attribute):
            yield f"{attribute} of <{tag.name}>"
        elif fault := value_fault(tag.name, attribute, value):
            yield f"{attribute} of <{tag.name}>: {fault}"
    if fault := missing_attribute_fault(tag.name, frozenset(name for name, _ in tag.attributes)):
        yield f"<{tag.name}>: {fault}"


def _with_types(html: str) -> str:
    """Return `html` with a type for each `input`: one without a type would be a text field."""
    first, *others = html.split("<input")
    parts = [first]
    for part in others:
        attributes = dict(read_tag(f"<input{part.partition('>')[0]}>", 0).attributes)
        parts.append(part if "type" in attributes else f' type="checkbox" disabled=""{part}')
    return "<input".join(parts)
