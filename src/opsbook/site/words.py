"""Mark the engine's own words that stay English as English on a page in another language.

A word of the engine is a message of its catalogs: see `language`. One without a translation stands between two
noncharacters. Where the HTML is finished, these signs become elements or attributes with `lang`, by which a screen
reader speaks English. Nothing that a user wrote stands between them, and no file of a user may hold such a character.
"""

from __future__ import annotations

import re

from markupsafe import Markup

ENGLISH = "en"
ATTRIBUTES = f' lang="{ENGLISH}" dir="ltr"'
"""What marks an element as English; on a page that runs from right to left, its point stays at its end."""
_OPEN, _CLOSE, _HERE = "\ufdd4", "\ufdd5", "\ufdd6"
_BETWEEN = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_WHOLE = re.compile(rf"<([a-z][a-z0-9]*+)([^<>]*+)>{_OPEN}([^<{_OPEN}{_CLOSE}]*){_CLOSE}(?=</\1>)")
_TAG = re.compile("<[^<>]*>")
_LATE = re.compile(f' data-ob-[a-z-]+="{_OPEN}')
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}{_HERE}]")


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's users give it
    """Return `message`, which is in the catalogs and is looked up elsewhere."""
    return message


def sentence(text: str) -> Markup:
    """Return `text`, which is HTML in English, between the signs of the engine's words."""
    return Markup(f"{_OPEN}{text}{_CLOSE}")  # noqa: S704 - it is HTML of a template


def is_sentence(text: str) -> bool:
    """Return whether `text` stands between the signs, so has no translation."""
    return text.startswith(_OPEN)


def english_here() -> Markup:
    """Return the sign for the tag of an element in which all words are English, such as the manual of the engine."""
    return Markup(_HERE)  # noqa: S704 - a sign


def with_marks(html: str, *, is_english: bool) -> str:
    """Return finished `html` with marks in place of the signs, none where the page `is_english`.

    A text that is all that an element holds is marked on that element, since some take no others. In the value of an
    attribute nothing can be marked; what a script makes of it, from `data-ob-…`, is marked on its element.

    >>> with_marks(f'<p title="{sentence("Hi")}">{sentence("Hi")} you</p>', is_english=False)
    '<p title="Hi"><span lang="en" dir="ltr">Hi</span> you</p>'
    >>> with_marks(f'<option>{sentence("any")}</option>', is_english=False)
    '<option lang="en" dir="ltr">any</option>'
    """
    if is_english:
        return _SIGNS.sub("", html)
    html = _WHOLE.sub(rf"<\1\2{_HERE}>\3", html)
    html = _TAG.sub(lambda tag: _marked_tag(tag[0]), html)
    return _SIGNS.sub("", _BETWEEN.sub(lambda found: mark(found[1]), html))


def _marked_tag(tag: str) -> str:
    if _LATE.search(tag) and _HERE not in tag:
        tag = f"{tag[:-1]}{_HERE}>"
    return re.sub(f"[{_OPEN}{_CLOSE}]", "", tag).replace(_HERE, ATTRIBUTES)


def mark(words: str) -> Markup:
    """Return `words`, which are HTML, in an element that says that they are English."""
    return Markup(f"<span{ATTRIBUTES}>{words}</span>")  # noqa: S704 - they stood between the signs


def signed(markdown: str) -> list[str]:
    """Return `markdown` in pieces; every second one, from the second on, stood between signs."""
    return _BETWEEN.split(markdown)
