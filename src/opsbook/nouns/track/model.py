"""Define the models of an onboarding track, which give the JSON Schema that editors use."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, model_validator

from opsbook.site.words import N_
from opsbook.source.fields import Model, OneLine, Slug, Text, WebAddress
from opsbook.source.references import Former, Id, Names
from opsbook.source.validate import MistakeAtError

STAGES = (("day-one", N_("Day one")), ("week-one", N_("Week one")), ("month-one", N_("Month one")))
"""The stages: the key in the front matter, and the heading, of each."""

_STAGE = re.compile(rf"^({'|'.join(key for key, _ in STAGES)})[ \t]*:", re.MULTILINE)

KINDS = ("page", "item", "runbook", "drawing", "post-mortem", "url")
"""What a step may lead to."""


def is_track(text: str) -> bool:
    """Return whether the front matter of `text` names a stage, so that the file is a track and not an ordinary page."""
    front = re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    return len(front) > 1 and not front[0].strip() and _STAGE.search(front[1]) is not None


class TrackEntry(Model):
    """A step as it is written: one target, what to do there, and the access that it takes."""

    page: Annotated[OneLine, Names("page", verb="is")] | None = Field(
        default=None, description="A hand-written page, as its path below docs/."
    )
    item: Annotated[Slug, Names("item", verb="is")] | None = Field(
        default=None, description="The id of a practice that has a guide."
    )
    runbook: Annotated[Slug, Names("runbook", verb="is")] | None = Field(
        default=None, description="The id of a runbook."
    )
    drawing: Annotated[Slug, Names("drawing", verb="is")] | None = Field(
        default=None, description="The id of a drawing."
    )
    post_mortem: Annotated[Slug, Names("post-mortem", verb="is")] | None = Field(
        default=None, alias="post-mortem", description="The id of a post-mortem."
    )
    url: WebAddress | None = Field(default=None, description="An address outside of this site; it needs a `title`.")
    title: OneLine | None = Field(default=None, description="What the step is called; else as its target is.")
    do: Text = Field(description="What to do, not only to read.")
    access: tuple[OneLine, ...] = Field(
        default=(), description="What one must be allowed to, such as `GitHub: write to shop/*`."
    )

    @model_validator(mode="after")
    def _one_target(self) -> TrackEntry:
        targets = [kind for kind, id in self.targets if id is not None]
        if len(targets) != 1:
            found = f", not {' and '.join(targets)}" if targets else ""
            raise ValueError(f"a step leads to one target{found}; allowed: {', '.join(KINDS)}")
        if self.url and not self.title:
            raise MistakeAtError("url", "a step to an address needs a `title`")
        return self

    @property
    def targets(self) -> tuple[tuple[str, str | None], ...]:
        """Return every kind of target with the value written for it."""
        return tuple((kind, getattr(self, kind.replace("-", "_"))) for kind in KINDS)

    @property
    def target(self) -> tuple[str, str]:
        """Return the kind and the id of the target."""
        return next((kind, id) for kind, id in self.targets if id is not None)


class TrackHeader(Model):
    """What the front matter of a track says."""

    title: OneLine = Field(description="The role.")
    summary: Text = Field(description="Whom the track is for, in a sentence or two.")
    day_one: tuple[TrackEntry, ...] = Field(alias="day-one", min_length=1, description="The steps of the first day.")
    week_one: tuple[TrackEntry, ...] = Field(alias="week-one", min_length=1, description="The steps of the first week.")
    month_one: tuple[TrackEntry, ...] = Field(
        alias="month-one", min_length=1, description="The steps of the first month."
    )
    aliases: tuple[Annotated[Slug, Former("track", reserved=("index",))], ...] = Field(
        default=(), description="Former names of the file; their addresses lead here."
    )


class Track(TrackHeader):
    """A track. `id` is the name of its file, `introduction` is Markdown, `path` is what messages call the file."""

    id: Annotated[Slug, Id("track")]
    introduction: str
    path: str

    @property
    def stages(self) -> tuple[tuple[str, str, tuple[TrackEntry, ...]], ...]:
        """Return the key in the front matter, the title and the entries of each stage."""
        entries = (self.day_one, self.week_one, self.month_one)
        return tuple((key, title, each) for (key, title), each in zip(STAGES, entries, strict=True))

    @property
    def entries(self) -> tuple[TrackEntry, ...]:
        """Return the entries of all stages, in order."""
        return (*self.day_one, *self.week_one, *self.month_one)

    @property
    def access(self) -> tuple[str, ...]:
        """Return what access to ask for before the start, without repetition, in the order in which it is needed."""
        return tuple(dict.fromkeys(access for entry in self.entries for access in entry.access))
