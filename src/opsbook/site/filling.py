"""Replace tokens by the fragments they stand for, in the HTML of a page or in Markdown for another site engine.

Another engine reads the fragments as a part of its Markdown. So every character of their texts and attributes that
means something in Markdown is a character reference there.
"""

from __future__ import annotations

import re
from html import unescape

from opsbook.site.kept import OPEN, TOKEN, Fragment, FragmentKind, Kept, fragment_text, without_tokens
from opsbook.site.text import entities

_MARK = TOKEN.pattern
_TAG = re.compile("<[a-zA-Z/!][^<>]*>")
_HEADING = re.compile(f"(<h[1-6])((?: [^<>]*)?)>{_MARK}")
_PARAGRAPH = re.compile(rf"<p>\s*({_MARK}(?:\s*{_MARK})*)\s*</p>")
_ALONE = re.compile(f"^{_MARK}[ \t]*$", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(rf"^(#{{1,6}} ){_MARK}(.*) \}}[ \t]*$", re.MULTILINE)
_PIECE = re.compile(r"(<[^<>]*>)")
_REFERENCE = re.compile(r"(&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)")
_VALUE = re.compile(r'(?<==")[^"]*(?=")')
_FENCE_SIGNS = re.compile(r"[`~]")


def fill_html(html: str, kept: Kept) -> str:
    """Return the HTML of a page with the fragments of `kept` in place of their tokens, and without other tokens.

    A paragraph with nothing but tokens is replaced as a whole where one stands for a block. Inside of a tag, a token
    becomes text.
    """
    html = _TAG.sub(lambda tag: _tag(tag[0], kept), html)
    html = _HEADING.sub(lambda heading: _with_attributes(heading, kept), html)
    html = _PARAGRAPH.sub(lambda paragraph: _paragraph(paragraph, kept), html)
    return without_tokens(TOKEN.sub(lambda token: _html(token[1], kept), html))


def fill_markdown(markdown: str, kept: Kept) -> str:
    """Return the Markdown of a page with the fragments of `kept` in place of their tokens, for another engine."""
    markdown = _MARKDOWN_HEADING.sub(lambda heading: _markdown_heading(heading, kept), markdown)
    markdown = _ALONE.sub(lambda token: _block(token[1], kept), markdown)
    return without_tokens(TOKEN.sub(lambda token: _inline(token[1], kept), markdown))


def fill_text(text: str, kept: Kept) -> str:
    """Return `text` with the words of the fragments of `kept` in place of their tokens, for a title."""
    return without_tokens(TOKEN.sub(lambda token: unescape(_text(token[1], kept)), text))


def for_markdown(html: str) -> str:
    """Return `html` on one line, with references for the Markdown characters in its text and its attributes.

    >>> for_markdown('<a title="[x](y)">a*b</a>')
    '<a title="&#91;x&#93;&#40;y&#41;">a&#42;b</a>'
    """
    return "".join(_inert(piece) for piece in _PIECE.split(html))


def _inert(piece: str) -> str:
    if piece.startswith("<"):
        return " ".join(_VALUE.sub(lambda value: _entities(value[0], in_tag=True), piece).splitlines())
    return _entities(piece) if piece.strip() else " " if piece else ""


def _entities(text: str, *, in_tag: bool = False) -> str:
    parts = _REFERENCE.split(text)
    return "".join(part if index % 2 else entities(part, in_tag=in_tag) for index, part in enumerate(parts))


def _tag(tag: str, kept: Kept) -> str:
    return TOKEN.sub(lambda token: _text(token[1], kept), tag) if OPEN in tag else tag


def _text(digest: str, kept: Kept) -> str:
    fragment = kept.get(digest)
    return fragment_text(fragment) if fragment else ""


def _with_attributes(heading: re.Match[str], kept: Kept) -> str:
    fragment = kept.get(heading[3])
    if fragment and fragment.kind is FragmentKind.ATTRIBUTES:
        return f"{heading[1]}{fragment.html}{heading[2]}>"
    return heading[0]


def _paragraph(paragraph: re.Match[str], kept: Kept) -> str:
    fragments = [kept[digest] for digest in TOKEN.findall(paragraph[1]) if digest in kept]
    if all(fragment.kind in (FragmentKind.INLINE, FragmentKind.ATTRIBUTES) for fragment in fragments):
        return paragraph[0]
    return "\n".join(_bare(fragment) for fragment in fragments)


def _bare(fragment: Fragment) -> str:
    return f"<p>{fragment.html}</p>" if fragment.kind is FragmentKind.INLINE else fragment.html


def _html(digest: str, kept: Kept) -> str:
    fragment = kept.get(digest)
    return fragment.html if fragment and fragment.kind is not FragmentKind.ATTRIBUTES else ""


def _markdown_heading(heading: re.Match[str], kept: Kept) -> str:
    fragment = kept.get(heading[2])
    if fragment and fragment.kind is FragmentKind.ATTRIBUTES:
        return f"{heading[1]}{heading[3]}{fragment.html} }}"
    return heading[0]


def _block(digest: str, kept: Kept) -> str:
    """Return a fragment on lines of its own, none of which begins like a fence, with its tags readable."""
    fragment = kept.get(digest)
    if not fragment:
        return ""
    if fragment.kind is FragmentKind.OPENING:
        return for_markdown(fragment.html).removesuffix(">") + ' markdown="block">'
    if fragment.kind is FragmentKind.INLINE:
        return for_markdown(fragment.html)
    return "".join(_lightly(piece) for piece in _PIECE.split(fragment.html))


def _lightly(piece: str) -> str:
    if not piece.strip():
        return piece
    text = piece.replace("\n", "&#10;") if not piece.startswith("<") else " ".join(piece.splitlines())
    return _FENCE_SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


def _inline(digest: str, kept: Kept) -> str:
    fragment = kept.get(digest)
    return for_markdown(fragment.html) if fragment and fragment.kind is not FragmentKind.ATTRIBUTES else ""
