"""A track as it is read. The models of its front matter give the JSON Schema that editors use."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field, model_validator

from opsbook.source.fields import Line, Model, Slug, Text, WebAddress
from opsbook.source.validate import MistakeAtError

KINDS = ("page", "item", "runbook", "drawing", "post-mortem", "url")
"""What a step may lead to."""


class Entry(Model):
    """A step as it is written: one target, what to do there, and the access that it takes."""

    page: Line | None = Field(None, description="A hand-written page, as its path below docs/.")
    item: Slug | None = Field(None, description="The id of a practice that has a guide.")
    runbook: Slug | None = Field(None, description="The id of a runbook.")
    drawing: Slug | None = Field(None, description="The id of a drawing.")
    post_mortem: Slug | None = Field(None, alias="post-mortem", description="The id of a post-mortem.")
    url: WebAddress | None = Field(None, description="An address outside of this site; it needs a `title`.")
    title: Line | None = Field(None, description="What the step is called; else as its target is.")
    do: Text = Field(description="What to do, not only to read.")
    access: tuple[Line, ...] = Field((), description="What one must be allowed to, such as `GitHub: write to shop/*`.")

    @model_validator(mode="after")
    def _one_target(self) -> Entry:
        targets = [kind for kind, id in self.targets if id is not None]
        if len(targets) != 1:
            found = f", not {' and '.join(targets)}" if targets else ""
            raise ValueError(f"a step leads to one target{found}; allowed: {', '.join(KINDS)}")
        if self.url and not self.title:
            raise MistakeAtError("url", "a step to an address needs a `title`")
        return self

    @property
    def targets(self) -> tuple[tuple[str, str | None], ...]:
        """Every kind of target with what is written for it."""
        return tuple((kind, getattr(self, kind.replace("-", "_"))) for kind in KINDS)

    @property
    def target(self) -> tuple[str, str]:
        """The kind and the id of the target."""
        return next((kind, id) for kind, id in self.targets if id is not None)


class Header(Model):
    """What the front matter of a track says."""

    title: Line = Field(description="The role.")
    summary: Text = Field(description="Whom the track is for, in a sentence or two.")
    day_one: tuple[Entry, ...] = Field(alias="day-one", min_length=1, description="The steps of the first day.")
    week_one: tuple[Entry, ...] = Field(alias="week-one", min_length=1, description="The steps of the first week.")
    month_one: tuple[Entry, ...] = Field(alias="month-one", min_length=1, description="The steps of the first month.")


@dataclass(frozen=True)
class Readable:
    """What a step can lead to: its title and its text as Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Step:
    """A step with what its target says. `minutes` is None for what is not part of this site."""

    kind: str
    id: str
    title: str
    do: str
    access: tuple[str, ...]
    minutes: int | None
    fingerprint: str
    """Changes whenever the text of the target does."""


@dataclass(frozen=True)
class Stage:
    """The steps for one stretch of time."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Track:
    """A track. `id` is the name of its file, `introduction` is Markdown."""

    id: str
    title: str
    summary: str
    introduction: str
    stages: tuple[Stage, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def minutes(self) -> int:
        """The time that reading all of it takes."""
        return sum(step.minutes or 0 for step in self.steps)

    @property
    def access(self) -> tuple[str, ...]:
        """What to ask for before the start, each once, in the order in which it is needed."""
        return tuple(dict.fromkeys(access for step in self.steps for access in step.access))
