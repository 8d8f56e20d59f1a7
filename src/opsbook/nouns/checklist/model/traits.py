"""Define what an item carries beside its title and its state: words of the checklist, links, and controls of standards.

Nothing here has a fixed vocabulary: a checklist that names its priorities, efforts or levels is held to its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from opsbook.source.fields import Model, OneLine, Slug, WebAddress
from opsbook.source.files import MARKDOWN
from opsbook.source.references import Id, Names, Unique
from opsbook.source.validate import MistakeAtError

_ANY_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

MOST_OF_WORD = 300
ItemWord = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_OF_WORD, pattern=r"^[^,\n]*$", strip_whitespace=True)
]
"""A word or a few, as a priority or a tag has. A comma stands between two of them."""

LINK_KINDS = ("url", "page", "file")
"""What a link of an item may lead to."""


class ItemLink(Model):
    """A link of an item: an address outside of the site, or one of its pages or files."""

    title: OneLine | None = Field(default=None, description="What the link says; else its address, or the page's path.")
    url: WebAddress | None = Field(default=None, description="An address outside of this site.")
    page: Annotated[OneLine, Names("page", verb="is")] | None = Field(
        default=None, description="A hand-written page, as its path below docs/."
    )
    file: OneLine | None = Field(default=None, description="Another file of the site, as its path below docs/.")

    @model_validator(mode="after")
    def _one_target(self) -> ItemLink:
        named = [kind for kind in LINK_KINDS if getattr(self, kind)]
        if len(named) > 1:
            raise MistakeAtError(named[1], f"a link leads to one place; keep `{named[0]}` or `{named[1]}`")
        if not named:
            raise ValueError(f"this link leads nowhere; it needs one of {', '.join(LINK_KINDS)}")
        return self

    @property
    def target(self) -> str:
        """Return the address or the path, as it is written."""
        return next(target for target in (self.url, self.page, self.file) if target)


def _as_link(given: object) -> object:
    """Return a bare address or path as the mapping that it is short for, and anything else as it is."""
    if not isinstance(given, str) or not given.strip():
        return given
    return link_keys(given.strip())


def link_keys(target: str) -> Mapping[str, str]:
    """Return the key and value of a link that a bare address or path is short for.

    >>> link_keys("https://example.org/"), link_keys("policy.md"), link_keys("files/plan.pdf")
    ({'url': 'https://example.org/'}, {'page': 'policy.md'}, {'file': 'files/plan.pdf'})
    """
    if _ANY_SCHEME.match(target):
        return {"url": target}
    return {"page" if target.partition("#")[0].endswith(MARKDOWN) else "file": target}


WrittenLink = Annotated[ItemLink, BeforeValidator(_as_link, json_schema_input_type=ItemLink | str)]
"""A link as it is written: a mapping, or a bare address or path."""


class Control(Model):
    """A requirement of a standard."""

    id: Annotated[ItemWord, Unique("control", rule="a control stands in one standard")] = Field(
        description="The id that the standard gives it, such as OSPS-AC-01.01."
    )
    title: OneLine | None = Field(default=None, description="What it asks for, in a few words.")
    url: WebAddress | None = Field(default=None, description="Where the standard describes it.")


class Standard(Model):
    """A standard whose controls items name under `maps`."""

    id: Annotated[Slug, Id("standard")] = Field(description="The permanent id; it is part of an address.")
    title: OneLine = Field(description="The name of the standard.")
    version: ItemWord | None = Field(default=None, description="The version or date that the ids are of.")
    url: WebAddress | None = Field(default=None, description="Where the standard is published.")
    prefix: ItemWord | None = Field(
        default=None, description="What the ids of all its controls begin with, such as `OSPS-`."
    )
    controls: tuple[Control, ...] = Field(
        default=(),
        description="All controls to be met; what no item covers is shown. Without it, any id with the prefix will do.",
    )

    @model_validator(mode="after")
    def _has_controls(self) -> Standard:
        if not self.prefix and not self.controls:
            raise ValueError("a standard needs a `prefix` or `controls`; nothing else says which ids are its own")
        return self
