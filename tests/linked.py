"""What the engine says of the ids and names in one file, given the names that the others would declare."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import BaseModel

from opsbook.assembly.kinds import NODE_KINDS
from opsbook.nouns.kind import NodeKind
from opsbook.source.references import Known, Places, marked, name_problems, uniqueness_problems


def name_mistakes(model: BaseModel, places: Places | None, **known: Collection[str]) -> list[str]:
    """Return the problems of `model`, whose parts stand in `places`. A kind that is not `known` is named freely."""
    return mistakes_after_renaming(model, places, {}, known)


def mistakes_after_renaming(
    model: BaseModel, places: Places | None, former: Mapping[str, str], known: Mapping[str, Collection[str]]
) -> list[str]:
    """Return the same where `former` gives the present id for each former one."""
    assert places
    marks = list(marked(model))
    names = {kind.name: _known(kind, known[name], former) for name, kind in _kinds().items() if name in known}
    found = [*uniqueness_problems([(places, marks)]), *name_problems(places, marks, names)]
    return [str(problem) for problem in sorted(found, key=lambda problem: problem.order)]


def _kinds() -> dict[str, NodeKind]:
    return {kind.name.replace("-", "_"): kind for kind in NODE_KINDS.values()}


def _known(kind: NodeKind, ids: Collection[str], former: Mapping[str, str]) -> Known:
    return Known(ids, former, hint=kind.hint, called=kind.called)
