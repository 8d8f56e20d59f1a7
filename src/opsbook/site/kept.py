"""Keep the engine's own HTML out of the Markdown around it.

Markdown may turn its text into anything, and what it makes of text from many hands is cleaned afterwards. So a fragment
of HTML that the engine wrote leaves a token in its place, two Unicode noncharacters around a digest of the fragment,
and is put back when Markdown and the cleaning are done. No file of a user may hold such a character, and a token
that belongs to no fragment of its page is dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from markdown.util import BLOCK_LEVEL_ELEMENTS
from markupsafe import Markup, escape

OPEN, CLOSE = "\ufdd0", "\ufdd1"
TOKEN = re.compile(f"{OPEN}([0-9]{{39}}){CLOSE}")

_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
_FIRST_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
_ONE_TAG = re.compile(r"<[a-z][a-z0-9]*(?: [^<>]*)?>")
_WORDS = re.compile(r"[\w -]+")
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")


class FragmentKind(StrEnum):
    """The kind of place that a fragment fits."""

    BLOCK = "block"
    """Elements that are no part of a paragraph."""
    OPENING = "opening"
    """The first tag of a block around Markdown."""
    CLOSING = "closing"
    """The last tag of such a block."""
    INLINE = "inline"
    """A part of a paragraph, a heading or a cell."""
    ATTRIBUTES = "attributes"
    """What the opening tag of a heading gets besides, from the start of its text."""


@dataclass(frozen=True)
class Fragment:
    """A piece of trusted HTML, and the kind of place that it fits."""

    html: str
    kind: FragmentKind

    @property
    def digest(self) -> str:
        """Return the content of its token: 128 bits in decimal digits, which no filter of a template changes."""
        mixed = hashlib.sha256(f"{self.kind}\n{self.html}".encode()).digest()
        return f"{int.from_bytes(mixed[:16]):039}"


Kept = Mapping[str, Fragment]
"""Fragments by their digest."""


@dataclass(frozen=True)
class Body:
    """The Markdown of a page, and the fragments that its tokens stand for."""

    markdown: str
    kept: Kept = field(default_factory=dict)


class Keeper:
    """A collector of the fragments of one page while the page is written. Each first goes through `change`."""

    def __init__(self, change: Callable[[str], str] = str) -> None:
        self.kept: dict[str, Fragment] = {}
        self.change = change

    def keep(self, html: Markup) -> Markup:
        """Return the token for `html`, which is trusted: every text in it is escaped."""
        text = self.change(str(html)).strip()
        return self._token(Fragment(text, _kind(text))) if text else Markup("")

    def attributes(self, values: Mapping[str, object]) -> Markup:
        """Return the token that, at the start of the text of a heading, gives `values` to that heading as attributes.

        An attribute list of Markdown cannot escape anything: raise ValueError for a value that is not just a few words.
        """
        if wrong := [value for value in values.values() if not _WORDS.fullmatch(str(value))]:
            raise ValueError(f"no words for an attribute list: {wrong}")
        pairs = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in values.items())
        return self._token(Fragment(str(pairs), FragmentKind.ATTRIBUTES))

    def _token(self, fragment: Fragment) -> Markup:
        self.kept[fragment.digest] = fragment
        return Markup(OPEN + fragment.digest + CLOSE)  # noqa: S704 - a digest between two characters


def without_tokens(text: str) -> str:
    """Return `text` of somebody else without the characters that tokens are made of."""
    return _NONCHARACTERS.sub("\ufffd", text)


def fragment_text(fragment: Fragment) -> str:
    """Return the text of a fragment, escaped, for a place that takes no elements, such as an attribute."""
    if fragment.kind is FragmentKind.ATTRIBUTES:
        return ""
    text = re.sub(r"<[^<>]*>", " ", fragment.html)
    return str(escape(" ".join(Markup(text).unescape().split())))  # noqa: S704 - escaped again at once


def _kind(html: str) -> FragmentKind:
    first = _FIRST_TAG.match(html)
    if not first or first[1] not in _BLOCKS:
        return FragmentKind.INLINE
    if html.startswith("</"):
        return FragmentKind.CLOSING
    return FragmentKind.OPENING if _ONE_TAG.fullmatch(html) and first[1] != "hr" else FragmentKind.BLOCK
