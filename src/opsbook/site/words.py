"""Mark the engine's own words, which are English, as English on a page in another language.

In a template, such a word goes through `_("…")`, `{% trans %}` or the gate `english`, and stands between two
noncharacters from then on; `english_here` is a sign in the tag of an element that holds nothing else. Where the HTML is
finished, the signs become elements or attributes with `lang`, by which a screen reader speaks English; on a page in
English they go. Nothing that a user wrote stands between them, and no file of a user may hold such a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from opsbook.graph import Graph

ENGLISH = "en"
ATTRIBUTES = f' lang="{ENGLISH}" dir="ltr"'
"""What marks an element as English; on a page that runs from right to left, its point stays at its end."""
_OPEN, _CLOSE, _HERE = "\ufdd4", "\ufdd5", "\ufdd6"
_BETWEEN = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_TAG = re.compile("<[^<>]*>")
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}{_HERE}]")


@dataclass(frozen=True)
class SiteLanguage:
    """The language that a site is in, by its code as HTML has it, such as `pt-BR`."""

    code: str = ENGLISH

    @property
    def is_english(self) -> bool:
        """Return whether the words of the engine need no mark."""
        return re.split("[-_]", self.code.lower())[0] == ENGLISH


def site_language(graph: Graph) -> SiteLanguage:
    """Return the language of the site of `graph`."""
    return next(iter(graph.all(SiteLanguage)), SiteLanguage())


def sentence(text: str) -> Markup:
    """Return `text`, which a template says, between the signs of the engine's words."""
    return Markup(f"{_OPEN}{text}{_CLOSE}")  # noqa: S704 - it is HTML of a template


def plural_sentence(one: str, many: str, count: int) -> Markup:
    """Return `one` for a `count` of 1, else `many`, as `sentence` does."""
    return sentence(one if count == 1 else many)


def english(text: object) -> Markup:
    """Return `text`, which the engine made, between the signs of its words."""
    return sentence(str(escape(text)))


def english_here() -> Markup:
    """Return the sign for the tag of an element in which all words are the engine's."""
    return Markup(_HERE)  # noqa: S704 - a sign


def with_marks(html: str, language: SiteLanguage) -> str:
    """Return finished `html` with marks in place of the signs; no element can stand in the value of an attribute.

    >>> with_marks(f'<p title="{english("Hi")}">{english("Hi")}</p>', SiteLanguage("de"))
    '<p title="Hi"><span lang="en" dir="ltr">Hi</span></p>'
    """
    if language.is_english:
        return _SIGNS.sub("", html)
    html = _TAG.sub(lambda tag: re.sub(f"[{_OPEN}{_CLOSE}]", "", tag[0]).replace(_HERE, ATTRIBUTES), html)
    return _SIGNS.sub("", _BETWEEN.sub(lambda found: mark(found[1]), html))


def mark(words: str) -> Markup:
    """Return `words`, which are HTML, in an element that says that they are English."""
    return Markup(f"<span{ATTRIBUTES}>{words}</span>")  # noqa: S704 - they stood between the signs


def signed(markdown: str) -> list[str]:
    """Return `markdown` in pieces; every second one, from the second on, stood between signs."""
    return _BETWEEN.split(markdown)
