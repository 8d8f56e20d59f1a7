"""Write a checklist as `checklist.yml`, in the style in which people write it by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.convert.scalars import block, write_scalar
from opsbook.nouns.checklist.model import Area, Checklist, Evidence, Group, Item, Owner, Phase

SCHEMA_LINE = "# yaml-language-server: $schema=checklist.schema.json"


def to_yaml(checklist: Checklist) -> str:
    """Return the text of `checklist.yml`: the schema's line, then the keys in the order of the model.

    `load.parse_checklist` reads it as a checklist that equals `checklist`.
    """
    lines = [SCHEMA_LINE, *_text("title", checklist.title), *_text("description", checklist.description)]
    lines += _text("closing", checklist.closing)
    if checklist.start:
        lines.append(f"start: {checklist.start.isoformat()}")
    if checklist.owners:
        lines += ["", "owners:"]
        for owner in checklist.owners:
            lines += _entry(_owner(owner), 2)
    lines += ["", "areas:"]
    for number, area in enumerate(checklist.areas):
        lines += [*([""] if number else []), *_entry(_area(area), 2)]
    if checklist.phases:
        lines += ["", "phases:"]
        for phase in checklist.phases:
            lines += _entry(_phase(phase), 2)
    return "\n".join(lines) + "\n"


def _owner(owner: Owner) -> Iterator[str]:
    yield from _text("id", owner.id)
    yield from _text("title", owner.title)
    yield from _text("contact", owner.contact)


def _area(area: Area) -> Iterator[str]:
    yield from _text("id", area.id)
    yield from _text("title", area.title)
    yield from _text("icon", area.icon)
    yield from _text("summary", area.summary)
    yield from _text("owner", area.owner)
    yield from _ids("aliases", area.aliases)
    yield from _items(area.items)
    if area.groups:
        yield "groups:"
        for group in area.groups:
            yield from _entry(_group(group), 2)


def _group(group: Group) -> Iterator[str]:
    yield from _text("id", group.id)
    yield from _text("title", group.title)
    yield from _ids("aliases", group.aliases)
    yield from _items(group.items)


def _items(items: Sequence[Item]) -> Iterator[str]:
    if items:
        yield "items:"
    for item in items:
        yield from _entry(_item(item), 2)


def _item(item: Item) -> Iterator[str]:
    yield from _text("id", item.id)
    yield from _text("title", item.title)
    if item.written:
        yield f"status: {item.written.value}"
    yield from _text("owner", item.owner)
    if item.evidence:
        yield "evidence:"
        for evidence in item.evidence:
            yield from _entry(_evidence(evidence), 2)
    if item.waiver:
        yield "waiver:"
        for line in _text("reason", item.waiver.reason):
            yield f"  {line}" if line else ""
        yield f"  until: {item.waiver.until.isoformat()}"
    yield from _ids("aliases", item.aliases)
    yield from _items(item.items)


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield from _text("file", evidence.file)
    yield from _text("contains", evidence.contains)
    yield from _text("url", evidence.url)
    yield from _text("note", evidence.note)


def _phase(phase: Phase) -> Iterator[str]:
    yield from _text("id", phase.id)
    yield from _text("title", phase.title)
    if phase.weeks:
        yield f"weeks: {phase.weeks}"
    yield from _ids("aliases", phase.aliases)
    if phase.goals:
        yield "goals:"
        for goal in phase.goals:
            yield from _entry((*_text("title", goal.title), *_ids("items", goal.items)), 2)


def _text(key: str, value: str | None) -> Iterator[str]:
    """Yield the lines of `key: value`; none where there is no value."""
    if value is not None:
        yield from f"{key}: {block(value, 2)}".split("\n")


def _ids(key: str, ids: Sequence[str]) -> Iterator[str]:
    if ids:
        yield f"{key}: [{', '.join(write_scalar(name) for name in ids)}]"


def _entry(lines: Iterator[str] | Sequence[str], indent: int) -> Iterator[str]:
    """Yield `lines`, which are the keys of one mapping, as an entry of a list."""
    for number, line in enumerate(lines):
        lead = " " * indent + ("  " if number else "- ")
        yield f"{lead}{line}" if line else ""
