"""Define the kinds of text that the models of all nouns are made of, and the base of the models."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from opsbook.source.tree import short
from opsbook.source.web_address import split_address

# Python, pydantic and the editors that read the schemas know no common form for the letters of all scripts: of ASCII
# the pattern allows lower-case letters and digits, and of what is beyond it, `slug_fault` allows letters and digits.
_IN_SLUG = r"[^\x00-\x2f\x3a-\x60\x7b-\x7f]"
SLUG_PATTERN = rf"^{_IN_SLUG}+(-{_IN_SLUG}+)*$"
SLUG_FORM = "lower-case letters, digits and single hyphens"
MOST_SLUG_BYTES = 240
"""As many bytes leave room for an ending in the name of a file, which is at most 255 bytes long."""


def slug_fault(text: str) -> str | None:
    """Return what is wrong with `text` as an id, and what is allowed; None where nothing is.

    >>> slug_fault("unit-tests"), slug_fault("größe"), slug_fault("резервное-копирование"), slug_fault("备份")
    (None, None, None, None)
    >>> slug_fault("Größe")
    'is not an id; allowed: lower-case letters, digits and single hyphens, such as `unit-tests`'
    """
    starts = all(unicodedata.category(part[:1])[0] in "LN" for part in text.split("-") if part)
    letters = all(character == "-" or unicodedata.category(character)[0] in "LMN" for character in text)
    if not re.match(SLUG_PATTERN, text) or not letters or not starts or text != text.lower():
        return f"is not an id; allowed: {SLUG_FORM}, such as `unit-tests`"
    if unicodedata.normalize("NFC", text) != text:
        return "is not an id; write each letter as one character, without accents of their own (Unicode's form NFC)"
    if len(text.encode()) > MOST_SLUG_BYTES:
        return f"is not an id; it has more than {MOST_SLUG_BYTES} bytes, make it shorter"
    return None


def _checked(text: str) -> str:
    if fault := slug_fault(text):
        raise ValueError(f"`{text}` {fault}")
    return text


Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80), AfterValidator(_checked)]
"""A kebab-case id, in letters of any script. It becomes a part of an address, so it never changes once published."""

OneLine = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n]*$", strip_whitespace=True)]
"""One line of text, such as a title. Backticks mark code; nothing else in it has a meaning."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
"""Text of any number of lines."""


def _as_address(text: str) -> str:
    parts = split_address(text)
    if parts is None or not parts.hostname:
        raise ValueError(f"`{short(text)}` is not an address; allowed: such as https://example.org/page")
    return text


WebAddress = Annotated[
    str, StringConstraints(pattern="^https?://[^\\s<>\"']+$", max_length=500), AfterValidator(_as_address)
]
"""An absolute http or https address."""


class Model(BaseModel):
    """The base of what is read from a user's file: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
