"""Find the place of each item in the checklist: its area, group, parent and phase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.checklist.model.items import Area, Group, Item
from opsbook.nouns.checklist.model.phases import Phase
from opsbook.nouns.checklist.model.roadmap import phases_by_item
from opsbook.nouns.checklist.model.whole import Checklist, Owner


@dataclass(frozen=True)
class Place:
    """The place of an item in the checklist: its area, and its group, parent and phase where it has them."""

    item: Item
    area: Area
    group: Group | None
    parent: Item | None
    phase: Phase | None

    @property
    def title(self) -> str:
        """Return the title of the item."""
        return self.item.title


def find_places(checklist: Checklist) -> dict[str, Place]:
    """Return the place of each item by its id, in the order of the file."""
    phases = phases_by_item(checklist)
    places: dict[str, Place] = {}
    for area in checklist.areas:
        for group, items in ((None, area.items), *((group, group.items) for group in area.groups)):
            for item, parent in _with_parents(items, None):
                places[item.id] = Place(item, area, group, parent, phases.get(item.id))
    return places


def _with_parents(items: tuple[Item, ...], parent: Item | None) -> Iterator[tuple[Item, Item | None]]:
    for item in items:
        yield item, parent
        yield from _with_parents(item.items, item)


def item_owner(place: Place, graph: Graph) -> Owner | None:
    """Return the owner of the item: the one that it names, else its area's; None where neither names one."""
    wanted = place.item.owner or place.area.owner
    return graph.by_id(Owner).get(wanted) if wanted else None
