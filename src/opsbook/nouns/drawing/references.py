"""What the nodes and frames of drawings name, checked against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from opsbook.nouns.drawing.model import Drawing
from opsbook.problems import Problem, did_you_mean


def drawing_problems(drawings: Iterable[Drawing], known: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """A problem for each `item`, `service` or `runbook` that is not among the ids in `known` of that kind."""
    ids = {kind: frozenset(names) for kind, names in known.items()}
    for drawing in drawings:
        for thing in drawing.things:
            for kind, names in ids.items():
                wanted = getattr(thing, kind)
                if wanted is not None and wanted not in names:
                    message = f"no {kind} has the id `{wanted}`; {did_you_mean(wanted, names)}"
                    yield Problem(drawing.script, thing.line, 1, message)
