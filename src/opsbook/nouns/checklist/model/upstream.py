"""Define where a checklist comes from, so that `opsbook import --update` can bring in its next version."""

from __future__ import annotations

from pydantic import Field

from opsbook.source.fields import Model, OneLine


class UpstreamList(Model):
    """The list elsewhere that this checklist was made of."""

    address: OneLine = Field(description="A file, from the folder of checklist.yml, or a web address.")
    version: OneLine | None = Field(
        default=None, description="The version that was last brought in: a tag or a commit, else a hash of the file."
    )
