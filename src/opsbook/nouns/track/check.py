"""Check that each step stands once in its track, and leads to something to read."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.kind import CheckContext
from opsbook.nouns.track.model import Track
from opsbook.problems import Problem
from opsbook.source.references import Places
from opsbook.source.tree import Location


def check(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each repeated step of a track, and for each whose target has no text yet."""
    for record in context.loaded.records:
        if isinstance(record.value, Track) and record.places:
            yield from _problems(record.value, record.places, context.graph)


def _problems(track: Track, front: Places, graph: Graph) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for key, _, entries in track.stages:
        for index, entry in enumerate(entries):
            kind, id = entry.target
            at: Location = (key, index, kind)
            line = front.position(at).line
            if (first := seen.setdefault((kind, id), line)) != line:
                yield front.problem(at, f"the {kind} `{id}` is already used on line {first}; steps are unique")
            if (node := graph.find(kind, id)) and not graph.text(node).strip():
                yield front.problem(at, f"the {kind} `{id}` has no text yet; write it first, or lead somewhere else")
