"""Define how far an item is: its status, what proves that it is done, and why it is waived."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from opsbook.site.words import N_
from opsbook.source.fields import Model, OneLine, Text, WebAddress
from opsbook.source.tree import short
from opsbook.source.validate import MistakeAtError


def _as_day(given: object) -> object:
    """Return `given`. Raises ValueError where it is text that is not written as YYYY-MM-DD.

    pydantic alone would also take a count of seconds or a time of day, which nobody means here.
    """
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        raise ValueError(f"`{short(given)}` is not a date; allowed: a day of the calendar as YYYY-MM-DD")
    return given


Day = Annotated[date, BeforeValidator(_as_day)]


class Status(Enum):
    """How far an item is."""

    TODO = N_("todo")
    DOING = N_("doing")
    DONE = N_("done")
    WAIVED = N_("waived")


class ItemWaiver(Model):
    """Why an item is not done here, and until when that is accepted."""

    reason: Text = Field(description="Why this is not done here.")
    until: Day = Field(description="The last day on which the waiver holds, as YYYY-MM-DD.")


class Evidence(Model):
    """What proves that an item is done: a file of this repository, or an address."""

    file: OneLine | None = Field(default=None, description="A file or folder of this repository, from its root.")
    contains: OneLine | None = Field(
        default=None, description="Text that the file must hold, so that the proof stays true."
    )
    url: WebAddress | None = Field(default=None, description="An address that shows the proof.")
    note: OneLine | None = Field(default=None, description="What the reader sees there.")

    @model_validator(mode="after")
    def _one_place(self) -> Evidence:
        if self.file and self.url:
            raise MistakeAtError("url", "evidence names a `file` or a `url`, not both; write two entries")
        if not self.file and not self.url:
            raise ValueError("this evidence names neither a `file` nor a `url`; it needs one of them")
        if self.contains and not self.file:
            raise MistakeAtError("contains", "`contains` goes with `file`; remove it, or name the file")
        return self
