"""Divide the outline of a file into its parts: title, description, areas, phases and closing words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from opsbook.convert.notation import PhaseHeading, read_phase
from opsbook.convert.outline import OutlineSection, OutlineText

_NO_NAME = re.compile(r"(?:table of )?contents?|toc|index|introduction|about|overview|inhalt\w*", re.IGNORECASE)
"""The headings that begin many files and name none."""


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
    rest = _without_phases(_without_texts(outline, closing), has_tasks, phases, leftovers)
    goals = sum(1 for section, _ in phases for _ in section.all_entries())
    is_all = not has_tasks and goals > sum(1 for _ in rest.all_entries())
    if is_all or not any(section.entries for section in rest.walk()):
        rest, phases, leftovers = _without_texts(outline, closing), [], []  # Nothing but phases: they are the areas.
    title, description, areas, aside = _title(rest, has_tasks)
    return Parts(title, description, areas, tuple(phases), (*leftovers, *aside), closing)


def _closing(outline: OutlineSection) -> tuple[OutlineText, ...]:
    """Return the prose at the end of the file, after a rule or after the goals of the last phase."""
    *_, last = outline.walk()
    is_phase = read_phase(last.title) is not None
    if not last.entries and not is_phase:
        return ()
    end = max((entry.line for entry in last.all_entries()), default=0)
    trailing = tuple(prose for prose in (*last.before, *last.after) if prose.line > end)
    return tuple(prose for prose in trailing if prose.is_prose and (prose.is_apart or is_phase))


def _without_texts(section: OutlineSection, texts: tuple[OutlineText, ...]) -> OutlineSection:
    """Return `section` without `texts`."""
    if not texts:
        return section
    return replace(
        section,
        before=tuple(text for text in section.before if text not in texts),
        after=tuple(text for text in section.after if text not in texts),
        sections=tuple(_without_texts(child, texts) for child in section.sections),
    )


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
            leftovers.append(replace(rest, title="" if not (rest.before or rest.after) else rest.title))
        else:
            kept.append(rest)
    return replace(section, sections=tuple(kept))


def _title(
    outline: OutlineSection, has_tasks: bool
) -> tuple[str | None, tuple[OutlineText, ...], tuple[OutlineSection, ...], tuple[OutlineSection, ...]]:
    """Return the title, the description and the areas of `outline`, and the sections without items.

    The areas are at the level on which the headings with items begin to differ. The first heading of all is the title
    where it stands above those, or has no items. Items above the areas form an area of their own.
    """
    description = [*outline.before, *outline.after]
    aside: list[OutlineSection] = []
    title, level = None, outline
    if not outline.entries and outline.sections:
        first, holders = outline.sections[0], [each for each in outline.sections if _holds(each, has_tasks)]
        is_name = not _NO_NAME.fullmatch(first.title.strip())
        if is_name and not _holds(first, has_tasks) and holders and first.level <= holders[0].level:
            title = _titled(first)
            description += [*first.before, *first.after]
            aside += first.sections
            level = replace(outline, sections=outline.sections[1:])
    while not _items(level, has_tasks):
        holding = [each for each in level.sections if _holds(each, has_tasks)]
        if len(holding) != 1:
            break
        (only,) = holding
        is_title = title is None
        if not is_title and (_items(only, has_tasks) or not only.sections):
            break
        aside += [each for each in level.sections if each is not only]
        if is_title:
            title = _titled(only)
            description += only.before
            own_after = only.after
        else:
            aside.append(replace(only, sections=(), entries=()))
            own_after = ()
        level = replace(only, before=(), after=own_after if _items(only, has_tasks) else ())
        if own_after and not _items(only, has_tasks):
            description += own_after
        if is_title and not any(_holds(each, has_tasks) for each in only.sections):
            break
    own: tuple[OutlineSection, ...] = ()
    if _items(level, has_tasks):
        heading = level.title or title or ""
        own = (replace(level, icon=None, title=heading, before=(), sections=()),)
    aside += [each for each in level.sections if not _holds(each, has_tasks)]
    areas = tuple(each for each in level.sections if _holds(each, has_tasks))
    return title, tuple(description), (*own, *areas), tuple(each for each in aside if _says(each))


def _titled(section: OutlineSection) -> str:
    return f"{section.icon} {section.title}" if section.icon else section.title


def _items(section: OutlineSection, has_tasks: bool) -> bool:
    """Return whether items stand directly in `section`."""
    return any(not has_tasks or any(below.is_task for below in entry.walk()) for entry in section.entries)


def _holds(section: OutlineSection, has_tasks: bool) -> bool:
    return any(_items(each, has_tasks) for each in section.walk())


def _says(section: OutlineSection) -> bool:
    """Return whether there is something to keep in a section without items."""
    return any(each.before or each.after for each in section.walk()) or bool(section.title)
