"""Join the steps of a track with their targets: a title, the time to read, and a fingerprint of the text."""

from __future__ import annotations

from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.track.model import Track, TrackEntry
from opsbook.nouns.track.reading import reading_minutes, text_fingerprint


@dataclass(frozen=True)
class TrackStep:
    """A step joined with its target. `minutes` and `path` are None where the target is not part of this site."""

    kind: str
    id: str
    title: str
    do: str
    access: tuple[str, ...]
    minutes: int | None
    fingerprint: str
    """Changes whenever the text of the target does."""
    path: str | None = None
    """The source address of the target."""


@dataclass(frozen=True)
class TrackStage:
    """The steps of one stage. `key` is that of the front matter, and the id of its heading."""

    key: str
    title: str
    steps: tuple[TrackStep, ...]


def track_stages(track: Track, graph: Graph) -> tuple[TrackStage, ...]:
    """Return the stages of `track`, each step joined with its target."""
    return tuple(
        TrackStage(key, title, tuple(_step(entry, graph) for entry in entries)) for key, title, entries in track.stages
    )


def track_minutes(track: Track, graph: Graph) -> int:
    """Return the minutes that reading all of `track` takes."""
    return sum(step.minutes or 0 for stage in track_stages(track, graph) for step in stage.steps)


def _step(entry: TrackEntry, graph: Graph) -> TrackStep:
    kind, id = entry.target
    node = graph.find(kind, id)
    if node is None:
        fingerprint = text_fingerprint(f"{id} {entry.do}")
        return TrackStep(kind, id, entry.title or id, entry.do, entry.access, None, fingerprint)
    text = graph.text(node)
    return TrackStep(
        kind=kind,
        id=id,
        title=entry.title or node.title,
        do=entry.do,
        access=entry.access,
        minutes=reading_minutes(text),
        fingerprint=text_fingerprint(text),
        path=node.path,
    )
