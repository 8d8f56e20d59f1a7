"""Export a checklist as Markdown that other tools and `importer` read, or as `checklist.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.convert.blocks import is_markup
from opsbook.convert.facts import write_facts
from opsbook.convert.inline import write_inline
from opsbook.convert.notation import write_heading, write_line, write_title
from opsbook.convert.yaml_text import to_yaml
from opsbook.nouns.checklist.model import Area, Checklist, Item, Phase

__all__ = ["checklist_markdown", "to_yaml"]

ROADMAP = "Priority Order"
"""The heading above the phases."""


def checklist_markdown(checklist: Checklist) -> str:
    """Write a heading for each area, its items as GitHub task lists, then the phases and their goals.

    Below an item stand its text, as paragraphs, and what else it carries, as the lines of `facts`. The importer reads
    all of that again. Ids, owners and evidence, and the words and standards that the checklist declares, have no place
    in Markdown.
    """
    parts = [f"# {write_heading(checklist.title)}"]
    if checklist.description:
        parts.append(_prose(checklist.description))
    for area in checklist.areas:
        parts += _area(area)
    if checklist.phases:
        parts += ["---", f"## {ROADMAP}", *(_phase(number, phase) for number, phase in enumerate(checklist.phases, 1))]
    if checklist.closing:
        parts += [_prose(checklist.closing)] if checklist.phases else ["---", _prose(checklist.closing)]
    return "\n\n".join(parts) + "\n"


def _area(area: Area) -> Iterator[str]:
    yield f"## {write_heading(area.title, area.icon)}"
    if area.summary:
        yield _prose(area.summary)
    if area.items:
        yield "\n".join(_items(area.items, 0))
    for group in area.groups:
        yield "\n".join([f"### {write_heading(group.title)}", *_items(group.items, 0)])


def _items(items: Sequence[Item], depth: int) -> Iterator[str]:
    """Yield the lines of `items`; in the outermost list, a blank line ends the items below one."""
    for number, item in enumerate(items, start=1):
        margin = "  " * depth
        yield f"{margin}- {write_line(item)}"
        if item.text:
            yield from ("", *_indented(_prose(item.text), f"{margin}  "), "")
        yield from (f"{margin}  - {line}" for line in write_facts(item))
        yield from _items(item.items, depth + 1)
        if (item.items or item.text or item.words or item.links) and not depth and number < len(items):
            yield ""


def _indented(text: str, margin: str) -> Iterator[str]:
    yield from (f"{margin}{line}" if line else "" for line in text.split("\n"))


def _phase(number: int, phase: Phase) -> str:
    weeks = f" (Week {phase.weeks})" if phase.weeks else ""
    goals = (f"{place}. {write_title(goal.title)}" for place, goal in enumerate(phase.goals, start=1))
    return "\n".join([f"### Phase {number}: {write_heading(phase.title)}{weeks}", *goals])


def _prose(text: str) -> str:
    """Return `text` as paragraphs: a line that would be read as more than prose gets a backslash."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(_prose_line(line) for line in lines)


def _prose_line(line: str) -> str:
    source = write_inline(line)
    if line and is_markup(source):
        at = len(source) - len(source.lstrip("0123456789"))
        return f"{source[:at]}\\{source[at:]}"
    return source
