"""Define the kinds of text that the models of all nouns are made of, and the base of the models."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
"""A kebab-case id. It becomes a part of an address, so it never changes once it is published."""

OneLine = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n]*$", strip_whitespace=True)]
"""One line of text, such as a title. Backticks mark code; nothing else in it has a meaning."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
"""Text of any number of lines."""

WebAddress = Annotated[str, StringConstraints(pattern="^https?://[^\\s<>\"']+$", max_length=500)]
"""An absolute http or https address."""


class Model(BaseModel):
    """The base of what is read from a user's file: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
