"""The models of a term and of the glossary."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from opsbook.source.fields import Model, OneLine, Slug, WebAddress
from opsbook.source.references import Names
from opsbook.source.validate import MistakeAtError

FILE = "glossary.yml"

KINDS = ("item", "runbook", "page", "url")
"""What a term may lead to; a page is named by its path below the hand-written pages."""

Abbreviation = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]*[A-Z][a-z0-9/-]*[A-Z](?:[A-Za-z0-9/-]*[A-Za-z0-9])?$", max_length=20),
]
"""A short text with two capitals at least, so that no ordinary word is taken for it."""


class Term(Model):
    """A word and its meaning."""

    term: OneLine = Field(max_length=80, description="The word or phrase.")
    abbreviation: Abbreviation | None = Field(
        default=None, description="Letters and digits with two capitals at least, such as SLO or mTLS."
    )
    aliases: tuple[OneLine, ...] = Field(default=(), description="Other names of the same.")
    meaning: OneLine = Field(description="One or two sentences. Backticks mark code.")
    item: Annotated[Slug, Names("item", verb="is")] | None = Field(
        default=None, description="The id of the checklist item that the term leads to."
    )
    runbook: Annotated[Slug, Names("runbook", verb="is")] | None = Field(
        default=None, description="The id of the runbook that the term leads to."
    )
    page: Annotated[OneLine, Names("page", verb="is")] | None = Field(
        default=None, description="The path of a hand-written page, such as incident-response.md."
    )
    url: WebAddress | None = Field(default=None, description="An address outside of this site that the term leads to.")

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> Term:
        named = [kind for kind in KINDS if getattr(self, kind)]
        if len(named) > 1:
            raise MistakeAtError(named[1], f"a term leads to one place; keep `{named[0]}` or `{named[1]}`")
        return self

    @property
    def head(self) -> str:
        """Return the name under which the term is listed: its abbreviation, else the term itself."""
        return self.abbreviation or self.term

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names of the term."""
        return (self.term, *([self.abbreviation] if self.abbreviation else []), *self.aliases)

    @property
    def anchor(self) -> str:
        """Return the permanent anchor of the term on the page of the glossary."""
        return re.sub(r"[^a-z0-9]+", "-", self.head.lower()).strip("-") or "term"


class Glossary(Model):
    """Every term."""

    terms: tuple[Term, ...] = Field(min_length=1, description="The terms, in any order.")
