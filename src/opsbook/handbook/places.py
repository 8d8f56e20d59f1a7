"""Where each item of a checklist stands, and whether what it names as evidence is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.checklist.load import nodes
from opsbook.checklist.model import Checklist, Item
from opsbook.checklist.roadmap import phases_by_item
from opsbook.handbook.model import Place
from opsbook.problems import Problem
from opsbook.source.tree import Document


def find_places(checklist: Checklist, document: Document) -> dict[str, Place]:
    """The place of each item, by its id."""
    lines = {node.id: document.position(at).line for at, node in nodes(checklist)}
    phases = phases_by_item(checklist)
    places: dict[str, Place] = {}
    for area in checklist.areas:
        for group, items in ((None, area.items), *((group, group.items) for group in area.groups)):
            for item, parent in _with_parents(items, None):
                places[item.id] = Place(item, area, group, parent, phases.get(item.id), lines[item.id])
    return places


def _with_parents(items: tuple[Item, ...], parent: Item | None) -> Iterator[tuple[Item, Item | None]]:
    for item in items:
        yield item, parent
        yield from _with_parents(item.items, item)


def evidence_problems(root: Path, checklist: Checklist, document: Document) -> Iterator[Problem]:
    """A file that is named as evidence exists inside the repository and holds what it is said to hold."""
    for at, node in nodes(checklist):
        if not isinstance(node, Item):
            continue
        for index, evidence in enumerate(node.evidence):
            if evidence.file is None:
                continue
            place = (*at, "evidence", index, "file")
            file = (root / evidence.file).resolve()
            if not file.is_relative_to(root.resolve()):
                yield document.problem(place, f"`{evidence.file}` lies outside the repository")
            elif not file.exists():
                yield document.problem(place, f"no such file: `{evidence.file}`; name one from the repository's root")
            elif evidence.contains and not _holds(file, evidence.contains):
                place = (*at, "evidence", index, "contains")
                yield document.problem(place, f"`{evidence.file}` does not hold `{evidence.contains}`")


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and text in file.read_text("utf-8", errors="replace")
