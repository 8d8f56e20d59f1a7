"""Every noun, and every cross-reference between them, in one graph."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from opsbook.nouns.alert.rules import Alert
from opsbook.nouns.api.model import Api
from opsbook.nouns.checklist.model import Area, Checklist, Group, Item, Owner, Phase
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.guide.load import Guide
from opsbook.nouns.macro.model import MacroDoc, MacroSettings
from opsbook.nouns.page.load import WrittenPage
from opsbook.nouns.post_mortem.model import PostMortem
from opsbook.nouns.runbook.model import Runbook
from opsbook.nouns.service.model import Catalog, Service
from opsbook.nouns.term.model import Term
from opsbook.nouns.track.model import Track
from opsbook.problems import Problem


@dataclass(frozen=True)
class Place:
    """Where an item stands in the checklist: its area, its group and its parent where it has them."""

    item: Item
    area: Area
    group: Group | None
    parent: Item | None
    phase: Phase | None
    line: int


@dataclass(frozen=True)
class Handbook:
    """The one linked graph that every page is made from."""

    checklist: Checklist
    places: Mapping[str, Place]
    guides: Mapping[str, Guide] = field(default_factory=dict)
    written: Mapping[str, WrittenPage] = field(default_factory=dict)
    macros: tuple[MacroDoc, ...] = ()
    macro_settings: MacroSettings = field(default_factory=MacroSettings)
    templates: Mapping[str, str] = field(default_factory=dict)
    post_mortems: Mapping[str, PostMortem] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)
    runbooks: Mapping[str, Runbook] = field(default_factory=dict)
    rules: tuple[Alert, ...] = ()
    """The alerting rules that lie beside the runbooks."""
    services: Catalog = field(default_factory=Catalog)
    apis: Mapping[str, Api] = field(default_factory=dict)
    """The interfaces by the id of their service."""
    glossary: tuple[Term, ...] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    """What is wrong and stops nothing."""
    due: tuple[Problem, ...] = ()
    """What has passed its day. No page shows it, since the same files make the same pages on any day."""

    def owner(self, item: Item) -> Owner | None:
        """Who looks after `item`: the owner it names, else its area's."""
        wanted = item.owner or self.places[item.id].area.owner
        return self.owners.get(wanted) if wanted else None

    def service(self, id: str) -> Service:
        """The service `id`."""
        return next(service for service in self.services.services if service.id == id)

    @functools.cached_property
    def drawings_by_item(self) -> Mapping[str, tuple[Drawing, ...]]:
        """The drawings that show each item, by the item's id."""
        found: dict[str, tuple[Drawing, ...]] = {}
        for drawing in self.drawings.values():
            for item in {thing.item for thing in drawing.things if thing.item}:
                found[item] = (*found.get(item, ()), drawing)
        return found

    @functools.cached_property
    def owners(self) -> Mapping[str, Owner]:
        """The owners by id."""
        return {owner.id: owner for owner in self.checklist.owners}

    @functools.cached_property
    def alerts(self) -> Mapping[str, Runbook]:
        """The runbook that each alert leads to, by the alert's name."""
        found = {alert: runbook for runbook in self.runbooks.values() for alert in runbook.alerts}
        return dict(sorted(found.items()))
