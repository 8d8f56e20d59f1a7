"""Define the form of `.secrets.yml`: what looks like a secret and is allowed, each with the reason for it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from opsbook.nouns.checklist.model import Day
from opsbook.source.fields import Model, OneLine, Text

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{6}$")]
"""The six characters that a message gives for what was found; nothing can be read back from them."""


class Exemption(Model):
    """One thing that looks like a secret, in one file, and why it may be published."""

    file: OneLine = Field(description="The file, from the root of the repository.")
    secret: Digest | None = Field(
        None, description="The six characters of the message; left out where the file's name is what is allowed."
    )
    reason: Text = Field(description="Why it may be published, such as that it is an example of a manual.")
    until: Day | None = Field(default=None, description="The last day on which this is accepted, as YYYY-MM-DD.")


class Exemptions(Model):
    """Every exemption."""

    exceptions: tuple[Exemption, ...] = Field(
        default=(), description="What is allowed although it looks like a secret."
    )
