"""What the engine says of the ids and names in one file, given the names that the others would declare."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel

from opsbook.source.references import Known, Places, marked, name_problems, uniqueness_problems


def name_mistakes(model: BaseModel, places: Places | None, **known: Collection[str]) -> list[str]:
    """Return the problems of `model`, whose parts stand in `places`. A kind that is not `known` is named freely."""
    assert places
    marks = list(marked(model))
    names = {kind.replace("_", "-"): Known(ids) for kind, ids in known.items()}
    found = [*uniqueness_problems([(places, marks)]), *name_problems(places, marks, names)]
    return [str(problem) for problem in sorted(found, key=lambda problem: problem.order)]
