"""Define the form of `.content.yml`: which findings about the content are accepted, and until when."""

from __future__ import annotations

from pydantic import Field

from opsbook.nouns.checklist.model import Day
from opsbook.source.fields import Model, OneLine, Text

FILE = ".content.yml"


class ContentWaiver(Model):
    """Findings of one check in one file that are accepted, why, and until when."""

    check: OneLine = Field(description="The name of the check, as it stands in brackets at the end of its message.")
    file: OneLine = Field(description="The file, from the root of the repository; with a slash at its end, a folder.")
    says: OneLine | None = Field(
        default=None, description="Words of the message; every finding of the check in the file where it is left out."
    )
    reason: Text = Field(description="Why it is accepted.")
    until: Day = Field(description="The last day on which the waiver holds, as YYYY-MM-DD.")


class ContentSettings(Model):
    """What the checks of the content are told of this handbook."""

    waivers: tuple[ContentWaiver, ...] = Field(
        default=(), description="Findings that are accepted and have no place for a comment beside them."
    )
