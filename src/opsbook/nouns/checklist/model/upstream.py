"""Define where a checklist comes from, so that `opsbook import --update` can bring in its next version."""

from __future__ import annotations

from pydantic import Field

from opsbook.source.fields import Model, OneLine


class UpstreamList(Model):
    """The list elsewhere that this checklist was made of."""

    address: OneLine = Field(description="A file, from the folder of checklist.yml, or a web address.")
    preset: OneLine | None = Field(default=None, description="The `--preset` that it is imported with.")
    items: OneLine | None = Field(default=None, description="The `--items` that it is imported with.")
    sheet: OneLine | None = Field(default=None, description="The `--sheet` that it is imported with.")
    columns: OneLine | None = Field(default=None, description="The `--columns` that it is imported with.")
    base: OneLine | None = Field(default=None, description="The `--base` that it is imported with.")
    version: OneLine | None = Field(
        default=None, description="The version that was last brought in: a tag or a commit, else a hash of the file."
    )
