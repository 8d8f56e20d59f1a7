"""Define the macro that lists the practices that fit some filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Area, Checklist, Group, Owner, Phase, Place, Status, item_owner
from opsbook.nouns.checklist.model.coverage import coverage, standard_by_control
from opsbook.nouns.checklist.model.vocabulary import WORDS, item_words
from opsbook.nouns.macro.calls import CallSite, check_id, check_word
from opsbook.site.language import site_language


def items(
    here: CallSite,
    area: str | None = None,
    group: str | None = None,
    phase: str | None = None,
    status: str | None = None,
    owner: str | None = None,
    priority: str | None = None,
    effort: str | None = None,
    level: str | None = None,
    tag: str | None = None,
    standard: str | None = None,
) -> Markup:
    """Show the practices that fit every filter, as a list of links, in the order of the checklist.

    Args:
        area: The id of an area.
        group: The id of a group.
        phase: The id of a phase.
        status: todo, doing, done or waived.
        owner: The id of an owner; an item without one has the owner of its area.
        priority: A priority that items have.
        effort: An effort that items have.
        level: A level that items have.
        tag: A tag that items have.
        standard: The id of a standard, for the items that name one of its controls.

    Example:
        {{ items(status="done") }}
    """
    checklist = here.graph.one(Checklist)
    status = site_language(here.graph).names.of("statuses").get(status or "", status)
    check_word(status, (each.value for each in Status), "status")
    ids = {"area": area, "group": group, "phase": phase, "owner": owner, "standard": standard}
    for kind, id in ids.items():
        check_id(id, _ids(checklist, kind), kind)
    words = {"priority": _as_text(priority), "effort": _as_text(effort), "level": _as_text(level), "tag": _as_text(tag)}
    for kind, word in words.items():
        check_word(word, item_words(checklist, kind), kind)
    wanted = {(kind, value) for kind, value in {**ids, **words, "status": status}.items() if value is not None}
    standards = standard_by_control(checklist) if standard else {}
    places = [place for place in here.graph.all(Place) if wanted <= set(_traits(here.graph, place, standards))]
    return here.show("items", places=places)


def _ids(checklist: Checklist, kind: str) -> Iterator[str]:
    """Yield the ids that a filter of one kind takes."""
    listed: Mapping[str, Iterable[Area | Phase | Owner | Group]] = {
        "area": checklist.areas,
        "group": (group for area in checklist.areas for group in area.groups),
        "phase": checklist.phases,
        "owner": checklist.owners,
    }
    yield from (each.id for each in listed.get(kind, ()))
    if kind == "standard":
        yield from (each.key for each in coverage(checklist))


def _as_text(word: object) -> str | None:
    """Return a word of a call as the checklist has it, where a number is text."""
    return None if word is None else str(word)


def _traits(graph: Graph, place: Place, standards: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each filter with a value that `place` fits."""
    owner = item_owner(place, graph)
    yield "area", place.area.id
    yield from (("group", group.id) for group in [place.group] if group)
    yield from (("phase", phase.id) for phase in [place.phase] if phase)
    yield "status", place.item.status.value
    yield from (("owner", each.id) for each in [owner] if each)
    yield from ((kind, word) for kind, words in WORDS.items() for word in words(place.item))
    yield from (("standard", standards[control]) for control in place.item.maps if control in standards)
