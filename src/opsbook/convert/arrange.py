"""Arrange the outline of a checklist from elsewhere as a `Checklist` with ids, and note what found no place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from opsbook.convert.divide import divide
from opsbook.convert.facts import NO_FACTS
from opsbook.convert.goals import GoalTargets
from opsbook.convert.ids import TakenNames
from opsbook.convert.notation import PhaseHeading
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.nouns.checklist.model import Area, Checklist, Goal, Group, Item, Phase

MAX_TITLE = 300
MAX_TEXT = 4000


def arrange(outline: OutlineSection, notes: Notes, *, fallback_title: str) -> Checklist | None:
    """Return `outline` as a checklist; None where it holds no item. Add what finds no place to `notes`.

    A file without a title gets `fallback_title`.
    """
    parts = divide(outline)
    has_tasks = any(entry.is_task for entry in outline.all_entries())
    arranger = _Arranger(notes, has_tasks, frozenset(parts.closing))
    sections = [section for section in parts.areas if arranger.has_items(section)]
    if not sections:
        return None
    for section in parts.leftovers:
        arranger.leave_out(*section.before, *section.after)
    title = parts.title or fallback_title
    areas, phases = arranger.areas_and_phases(sections, parts.phases, fallback_title=title)
    return Checklist(
        title=arranger.fit(outline, title),
        description=arranger.text(parts.description),
        closing=arranger.text(parts.closing),
        areas=areas,
        phases=phases,
    )


@dataclass(frozen=True)
class _Named:
    """A heading that becomes an area or a group, with its title and its id."""

    section: OutlineSection
    title: str
    id: str
    groups: tuple[_Named, ...] = ()


@dataclass
class _Arranger:
    notes: Notes
    has_tasks: bool
    closing: frozenset[OutlineText]
    names: TakenNames = field(default_factory=TakenNames)

    def areas_and_phases(
        self,
        sections: Sequence[OutlineSection],
        steps: Sequence[tuple[OutlineSection, PhaseHeading]],
        *,
        fallback_title: str,
    ) -> tuple[tuple[Area, ...], tuple[Phase, ...]]:
        """Return the areas and the phases. Areas get their ids first, then groups, phases and items."""
        titles = [self.fit(section, section.title or fallback_title) for section in sections]
        named = [
            _Named(section, title, self.names.claim(title, kind="area"))
            for section, title in zip(sections, titles, strict=True)
        ]
        named = [replace(area, groups=tuple(self.groups(area.section, area.id))) for area in named]
        phase_ids = [self.names.claim(heading.title, kind="step", prefix="phase-") for _, heading in steps]
        areas = tuple(self.area(area) for area in named)
        targets = GoalTargets.of(areas)
        phases = [
            self.phase(section, heading, name, targets)
            for name, (section, heading) in zip(phase_ids, steps, strict=True)
        ]
        self.check_numbers(steps)
        return areas, tuple(phases)

    def groups(self, section: OutlineSection, parent: str, above: str = "") -> Iterator[_Named]:
        """Yield the headings below an area as groups; deeper ones are named after those above them."""
        for child in section.sections:
            if not self.has_items(child):
                continue
            own = f"{child.icon} {child.title}" if child.icon else child.title
            title = f"{above} / {own}" if above else own
            self.leave_out(*child.before, *child.after)
            if any(self.is_item(entry) for entry in child.entries):
                fitting = self.fit(child, title)
                yield _Named(child, fitting, self.names.claim(fitting, kind="group", parent=parent))
            else:
                self.items(child.entries, "")
            yield from self.groups(child, parent, title)

    def area(self, named: _Named) -> Area:
        section = named.section
        self.leave_out(*section.after)
        return Area(
            id=named.id,
            title=named.title,
            icon=section.icon,
            summary=self.text([prose for prose in section.before if prose not in self.closing]),
            items=self.items(section.entries, named.id),
            groups=tuple(
                Group(id=group.id, title=group.title, items=self.items(group.section.entries, group.id))
                for group in named.groups
            ),
        )

    def items(self, entries: Sequence[OutlineEntry], parent: str) -> tuple[Item, ...]:
        items = []
        for entry in entries:
            if self.is_item(entry):
                items.append(self.item(entry, parent))
            else:
                self.note(entry, "this list line has no box; it is left out, with what stands below it")
        return tuple(items)

    def item(self, entry: OutlineEntry, parent: str) -> Item:
        name = self.names.claim(entry.title, kind="item", parent=parent)
        below = self.items(entry.entries, name)
        item = Item(
            id=name,
            title=self.fit(entry, entry.title),
            text=self.text(entry.text),
            status=None if below else entry.status,
            waiver=None if below else entry.waiver,
            **vars(entry.facts),
            items=below,
        )
        if below and entry.status and entry.status is not item.status:
            self.note(entry, f"its sub-items decide its state: {item.status.value}, not {entry.status.value}")
        return item

    def phase(self, section: OutlineSection, heading: PhaseHeading, name: str, targets: GoalTargets) -> Phase:
        goals = []
        for part in section.walk():
            if part is not section:
                self.note(part, f"the heading `{part.title}` is left out; what stands below it belongs to the phase")
            self.leave_out(*part.before, *part.after)
            for entry in part.entries:
                goals.append(Goal(title=self.fit(entry, entry.title), items=targets.find(entry.title)))
                self.leave_out(*entry.text)
                if entry.facts != NO_FACTS:
                    self.note(entry, "a goal has no priority, tags or links; what stands below it is left out")
                for below in entry.entries:
                    self.note(below, "a goal has no list below it; this is left out")
        return Phase(id=name, title=self.fit(section, heading.title), weeks=heading.weeks, goals=tuple(goals))

    def check_numbers(self, steps: Sequence[tuple[OutlineSection, PhaseHeading]]) -> None:
        for number, (section, heading) in enumerate(steps, start=1):
            if heading.number.isdigit() and int(heading.number) != number:
                self.note(section, f"phases are counted from 1; this becomes phase {number}")

    def has_items(self, section: OutlineSection) -> bool:
        """Return whether there is an item below `section`; add a note where there is none."""
        found = any(self.is_item(entry) for part in section.walk() for entry in part.entries)
        if not found:
            self.note(section, f"no items stand below `{section.title}`; it is left out, with its text")
        return found

    def is_item(self, entry: OutlineEntry) -> bool:
        return not self.has_tasks or any(below.is_task for below in entry.walk())

    def fit(self, place: OutlineSection | OutlineEntry, title: str) -> str:
        """Return `title`, or as much of it as a title may hold, with a note about the cut."""
        if len(title) <= MAX_TITLE:
            return title
        self.note(place, f"this title is cut to {MAX_TITLE} characters")
        return title[: MAX_TITLE - 1].rstrip() + "…"

    def text(self, prose: Sequence[OutlineText]) -> str | None:
        whole = "\n\n".join(part.text for part in prose).strip()
        if len(whole) > MAX_TEXT:
            self.note(prose[0], f"this text is cut to {MAX_TEXT} characters")
            whole = whole[: MAX_TEXT - 1].rstrip() + "…"
        return whole or None

    def leave_out(self, *prose: OutlineText) -> None:
        for part in prose:
            if part not in self.closing:
                self.note(part, "this text is left out")

    def note(self, place: OutlineSection | OutlineEntry | OutlineText, message: str) -> None:
        column = 1 if isinstance(place, OutlineText) else place.column
        self.notes.add(place.line, column, message)
