"""Load the checklist from `checklist.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.checklist.model import FILE, Area, Checklist, Group, Item, Phase, find_places
from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.source.names import SiteNames
from opsbook.source.text import read_text
from opsbook.source.tree import Location, YamlDocument
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

Identified = Area | Group | Item | Phase


def load(project: Project) -> Loaded:
    """Return the checklist, and the place of each item in it. Raises ProblemsError with every mistake."""
    checklist, document = load_checklist(project.root / FILE, FILE, project.site.names)
    places = (Record(place, kind="item", id=id) for id, place in find_places(checklist).items())
    return Loaded((Record(checklist, document), *places))


def load_checklist(file: Path, name: str, names: SiteNames | None = None) -> tuple[Checklist, YamlDocument]:
    """Return the checklist in `file`, which messages call `name`, with the positions of its parts.

    Raises ProblemsError with every mistake but those of names, which are checked once all files are read.
    """
    return parse_checklist(read_text(file, name), name, names)


def parse_checklist(text: str, name: str, names: SiteNames | None = None) -> tuple[Checklist, YamlDocument]:
    """Return the checklist in `text` as `load_checklist` does."""
    document = parse_yaml(text, name)
    return validate(Checklist, document, names), document


def identified(checklist: Checklist) -> Iterator[tuple[Location, Identified]]:
    """Yield everything that has an id, with its place in the tree."""
    for a, area in enumerate(checklist.areas):
        yield ("areas", a), area
        yield from _items(area.items, ("areas", a, "items"))
        for g, group in enumerate(area.groups):
            yield ("areas", a, "groups", g), group
            yield from _items(group.items, ("areas", a, "groups", g, "items"))
    for p, phase in enumerate(checklist.phases):
        yield ("phases", p), phase


def _items(items: tuple[Item, ...], at: Location) -> Iterator[tuple[Location, Item]]:
    for i, item in enumerate(items):
        yield (*at, i), item
        yield from _items(item.items, (*at, i, "items"))
