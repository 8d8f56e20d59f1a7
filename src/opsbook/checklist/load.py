"""`checklist.yml` in, a checked `Checklist` out, or every mistake in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from opsbook.checklist.model import Area, Checklist, Group, Item, Phase
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.source.text import read_text
from opsbook.source.tree import Document, Location
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

RESERVED_IDS = frozenset({"overall", "index"})
"""Names that the site uses itself in the addresses where ids stand."""

Node = Area | Group | Item | Phase


def load_checklist(file: Path, name: str) -> tuple[Checklist, Document]:
    """The checklist in `file`, which messages call `name`, and where each of its parts stands.

    Raises ProblemsError with every mistake.
    """
    return parse_checklist(read_text(file, name), name)


def parse_checklist(text: str, name: str) -> tuple[Checklist, Document]:
    """As `load_checklist`, from text."""
    document = parse_yaml(text, name)
    checklist = validate(Checklist, document)
    problems = [
        *first_problems(_id_problems(checklist, document)),
        *first_problems(_reference_problems(checklist, document)),
    ]
    if problems:
        raise ProblemsError(problems)
    return checklist, document


def nodes(checklist: Checklist) -> Iterator[tuple[Location, Node]]:
    """Everything that has an id, with its place in the tree."""
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


def _id_problems(checklist: Checklist, document: Document) -> Iterator[Problem]:
    """Ids are unique across areas, groups, items and phases, former ids included."""
    seen: dict[str, int] = {}
    owners: dict[str, int] = {}
    for at, node in nodes(checklist):
        claims = [((*at, "id"), node.id), *(((*at, "aliases", k), alias) for k, alias in enumerate(node.aliases))]
        for place, name in claims:
            if name in RESERVED_IDS:
                yield document.problem(place, f"the id `{name}` is used by the site itself; choose another")
            elif name in seen:
                yield document.problem(place, f"the id `{name}` stands on line {seen[name]} too; an id is used once")
            seen.setdefault(name, document.position(place).line)
    for o, owner in enumerate(checklist.owners):
        place = ("owners", o, "id")
        if owner.id in owners:
            message = f"the owner `{owner.id}` stands on line {owners[owner.id]} too; an id is used once"
            yield document.problem(place, message)
        owners.setdefault(owner.id, document.position(place).line)


def _reference_problems(checklist: Checklist, document: Document) -> Iterator[Problem]:
    """An owner is declared; a goal names areas, groups or items that exist."""
    owners = {owner.id for owner in checklist.owners}
    for at, node in nodes(checklist):
        if isinstance(node, Area | Item) and node.owner and node.owner not in owners:
            way_out = did_you_mean(node.owner, owners) if owners else "declare it under `owners`"
            message = f"no owner has the id `{node.owner}`; {way_out}"
            yield document.problem((*at, "owner"), message)
    targets = {node.id for _, node in nodes(checklist) if not isinstance(node, Phase)}
    renamed = {alias: node.id for _, node in nodes(checklist) for alias in node.aliases}
    for p, phase in enumerate(checklist.phases):
        for g, goal in enumerate(phase.goals):
            for i, target in enumerate(goal.items):
                if target not in targets:
                    message = _unknown_target(target, targets, renamed)
                    yield document.problem(("phases", p, "goals", g, "items", i), message)


def _unknown_target(target: str, targets: set[str], renamed: Mapping[str, str]) -> str:
    if target in renamed:
        return f"`{target}` is a former id; write `{renamed[target]}`"
    return f"no area, group or item has the id `{target}`; {did_you_mean(target, targets)}"
