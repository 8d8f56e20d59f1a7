"""Declare the noun of the checklist: areas, groups, items, phases, and the owners that other nouns name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from opsbook.graph import Graph, GraphNode
from opsbook.nouns.checklist.due import due
from opsbook.nouns.checklist.evidence import evidence_problems
from opsbook.nouns.checklist.health import health
from opsbook.nouns.checklist.load import load
from opsbook.nouns.checklist.model import FILE, Checklist, Place
from opsbook.nouns.checklist.pages import assets, entries, pages
from opsbook.nouns.checklist.standards import INDEX as STANDARDS
from opsbook.nouns.checklist.traits import trait_problems
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.kind import CheckContext, Kind, NodeKind, Tab
from opsbook.problems import Problem
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat


def _item_path(place: Place) -> str:
    """Return the path of an item's page; its guide is written at the same path."""
    return f"practices/{place.area.id}/{place.item.id}.md"


def _former_item_paths(node: GraphNode) -> Iterator[tuple[str, str]]:
    """Yield the former addresses of an item. An address contains the area, so each former id of either makes one."""
    place: Place = node.value
    for area in (place.area.id, *place.area.aliases, *place.item.former_areas):
        for id in (place.item.id, *place.item.aliases):
            former = str(PurePosixPath("practices", area, f"{id}.md"))
            if former != node.path:
                yield id, former


def _guide_text(graph: Graph, place: Place) -> str:
    guide = graph.by_id(Guide).get(place.item.id)
    return guide.markdown if guide else ""


def _problems(context: CheckContext) -> Iterator[Problem]:
    yield from evidence_problems(context)
    yield from trait_problems(context)


KIND = Kind(
    name="checklist",
    load=load,
    files=(FILE,),
    schemas={"checklist": FileFormat("checklist.yml", Checklist)},
    nodes=(
        NodeKind(name="owner", hint="declare it under `owners`"),
        NodeKind(name="area", path=lambda area: f"practices/{area.id}/index.md", index="practices/index.md"),
        NodeKind(name="group"),
        NodeKind(name="item", path=_item_path, former=_former_item_paths, text=_guide_text),
        NodeKind(name="standard", path=lambda standard: f"{STANDARDS}#{standard.id}", index=STANDARDS),
        NodeKind(
            name="phase", path=lambda phase: f"roadmap/{phase.id}.md", index="roadmap/index.md", heading=N_("Roadmap")
        ),
    ),
    tabs=(
        Tab(title=N_("Practices"), parts=("practices", "standards")),
        Tab(title=N_("Roadmap"), parts=("roadmap",)),
    ),
    check=_problems,
    due=due,
    health=health,
    pages=pages,
    assets=assets,
    entries=entries,
)
