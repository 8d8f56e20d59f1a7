"""Divide the outline of a file into its parts: title, description, areas, phases and closing words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

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
    has_tasks = outline.has_tasks
    rest = _without_phases(_without_texts(outline, closing), has_tasks, phases, leftovers)
    goals = sum(1 for section, _ in phases for _ in section.all_entries())
    is_all = not has_tasks and goals > sum(1 for _ in rest.all_entries())
    if is_all or not any(section.entries for section in rest.walk()):
        rest, phases, leftovers = _without_texts(outline, closing), [], []  # Nothing but phases: they are the areas.
    way = _Descent(rest, has_tasks, description=[*rest.before, *rest.after])
    way.take_first_heading()
    way.go_down()
    aside = (*leftovers, *way.leftovers())
    return Parts(way.title, tuple(way.description), way.areas(), tuple(phases), aside, closing)


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
        if heading and not (has_tasks and child.has_tasks):
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


@dataclass
class _Descent:
    """The way from a whole file down to the level on which headings with items begin to differ: those are its areas.

    What it passes is the title, the description, or stands `aside`.
    """

    level: OutlineSection
    has_tasks: bool
    title: str | None = None
    description: list[OutlineText] = field(default_factory=list)
    aside: list[OutlineSection] = field(default_factory=list)
    """The sections without items that stand beside the way."""

    def take_first_heading(self) -> None:
        """Take the first heading of all as the title, where it has no items and stands as high as those that do."""
        if self.level.entries or not self.level.sections:
            return
        first, *others = self.level.sections
        holders = [each for each in others if _holds(each, self.has_tasks)]
        is_name = not _NO_NAME.fullmatch(first.title.strip()) and not _holds(first, self.has_tasks)
        if is_name and holders and first.level <= holders[0].level:
            self.title = _titled(first)
            self.description += [*first.before, *first.after]
            self.aside += first.sections
            self.level = replace(self.level, sections=tuple(others))

    def go_down(self) -> None:
        """Go down as long as a single heading holds all items."""
        while not _items(self.level, self.has_tasks):
            holding = [each for each in self.level.sections if _holds(each, self.has_tasks)]
            if len(holding) != 1:
                return
            (only,) = holding
            if self.title is None:
                self.enter_title(only)
            elif only.sections and not _items(only, self.has_tasks):
                self.enter(only)
            else:
                return

    def enter_title(self, section: OutlineSection) -> None:
        """Go into `section`, whose heading is the title of the file."""
        self.aside += [each for each in self.level.sections if each is not section]
        self.title = _titled(section)
        self.description += section.before
        if _items(section, self.has_tasks):
            self.level = replace(section, before=())
        else:
            self.description += section.after
            self.level = replace(section, before=(), after=())

    def enter(self, section: OutlineSection) -> None:
        """Go into `section`, which holds nothing but the headings below it; what it says is kept."""
        self.aside += [each for each in self.level.sections if each is not section]
        self.aside.append(replace(section, sections=(), entries=()))
        self.level = replace(section, before=(), after=())

    def areas(self) -> tuple[OutlineSection, ...]:
        """Return the headings with items; the items above them form an area of their own."""
        areas = tuple(each for each in self.level.sections if _holds(each, self.has_tasks))
        if not _items(self.level, self.has_tasks):
            return areas
        title = self.level.title or self.title or ""
        return (replace(self.level, icon=None, title=title, before=(), sections=()), *areas)

    def leftovers(self) -> tuple[OutlineSection, ...]:
        """Return the sections without items that say something."""
        below = [each for each in self.level.sections if not _holds(each, self.has_tasks)]
        return tuple(each for each in (*self.aside, *below) if _says(each))


def _titled(section: OutlineSection) -> str:
    return f"{section.icon} {section.title}" if section.icon else section.title


def _items(section: OutlineSection, has_tasks: bool) -> bool:
    """Return whether items stand directly in `section`."""
    return any(not has_tasks or entry.has_task for entry in section.entries)


def _holds(section: OutlineSection, has_tasks: bool) -> bool:
    return any(_items(each, has_tasks) for each in section.walk())


def _says(section: OutlineSection) -> bool:
    """Return whether there is something to keep in a section without items."""
    return any(each.before or each.after for each in section.walk()) or bool(section.title)
