"""Divide the outline of a file into its parts: title, description, areas, phases and closing words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from opsbook.convert.notation import PhaseHeading, read_phase
from opsbook.convert.outline import OutlineSection, OutlineText


@dataclass(frozen=True)
class Parts:
    """The parts of a file. `leftovers` are headings with nothing but phases below them."""

    title: str | None
    description: tuple[OutlineText, ...]
    areas: tuple[OutlineSection, ...]
    phases: tuple[tuple[OutlineSection, PhaseHeading], ...]
    leftovers: tuple[OutlineSection, ...]
    closing: tuple[OutlineText, ...]


def divide(outline: OutlineSection) -> Parts:
    """Return the parts of `outline`, which is the whole file."""
    closing = _closing(outline)
    phases: list[tuple[OutlineSection, PhaseHeading]] = []
    leftovers: list[OutlineSection] = []
    has_tasks = any(entry.is_task for entry in outline.all_entries())
    rest = _without_phases(outline, has_tasks, phases, leftovers)
    if not any(section.entries for section in rest.walk()):
        rest, phases, leftovers = outline, [], []  # Nothing but phases: they are the areas.
    title, description, areas = _title(rest)
    description = tuple(prose for prose in description if prose not in closing)
    return Parts(title, description, areas, tuple(phases), tuple(leftovers), closing)


def _closing(outline: OutlineSection) -> tuple[OutlineText, ...]:
    """Return the prose at the end of the file, after a rule or after the goals of the last phase."""
    *_, last = outline.walk()
    end = max((entry.line for entry in last.all_entries()), default=0)
    trailing = tuple(prose for prose in (*last.before, *last.after) if prose.line > end)
    is_phase = read_phase(last.title) is not None
    return tuple(prose for prose in trailing if prose.is_apart or is_phase)


def _without_phases(
    section: OutlineSection,
    has_tasks: bool,
    phases: list[tuple[OutlineSection, PhaseHeading]],
    leftovers: list[OutlineSection],
) -> OutlineSection:
    """Return `section` without phases, which are added to `phases`, and without headings that then have no content."""
    kept = []
    for child in section.sections:
        heading = read_phase(child.title)
        if heading and not (has_tasks and any(entry.is_task for entry in child.all_entries())):
            inner: list[tuple[OutlineSection, PhaseHeading]] = []
            phases.append((_without_phases(child, has_tasks, inner, leftovers), heading))
            phases += inner
            continue
        before = len(phases)
        rest = _without_phases(child, has_tasks, phases, leftovers)
        if len(phases) > before and not rest.entries and not rest.sections:
            leftovers.append(rest)
        else:
            kept.append(rest)
    return replace(section, sections=tuple(kept))


def _title(outline: OutlineSection) -> tuple[str | None, tuple[OutlineText, ...], tuple[OutlineSection, ...]]:
    """Return the title, the description and the areas of `outline`.

    The first heading is the title where it is the only one of its level, or where only prose is below it. Items below
    the title alone, or below no heading, form an area of their own.
    """
    roots = outline.sections
    if not roots or outline.entries:
        own = (replace(outline, before=(), sections=()),) if outline.entries else ()
        return None, outline.before, (*own, *roots)
    first, rest = roots[0], roots[1:]
    title = f"{first.icon} {first.title}" if first.icon else first.title
    description = (*outline.before, *first.before)
    if not rest:
        own = (replace(first, icon=None, title=title, before=(), sections=()),) if first.entries or first.after else ()
        return title, description, (*own, *first.sections)
    if not first.entries and not first.sections:
        return title, description, rest
    return None, outline.before, roots
