"""Arrange the outline of a checklist from elsewhere as a `Checklist` with ids, and the pages that go with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from opsbook.convert.divide import divide
from opsbook.convert.goals import GoalTargets
from opsbook.convert.guides import GuidePages
from opsbook.convert.ids import TakenNames
from opsbook.convert.notation import PhaseHeading
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.convert.prose import plain_text
from opsbook.convert.titles import MAX_TITLE, cut, read_title
from opsbook.convert.words import ChecklistWords
from opsbook.nouns.checklist.model import Area, Checklist, Goal, Group, Item, ItemLink, Phase

MAX_TEXT = 4000
_CARD = 300
"""The most characters of the summary of an area whose page begins with all that stands there."""


@dataclass(frozen=True)
class Arranged:
    """A checklist, and the pages that hold what it cannot, by their paths below the hand-written ones."""

    checklist: Checklist
    pages: dict[str, str]
    blank: int = 0


def arrange(outline: OutlineSection, notes: Notes, *, fallback_title: str, base: str = "") -> Arranged | None:
    """Return `outline` as a checklist; None where it holds no item. Add what finds no place to `notes`.

    A file without a title gets `fallback_title`. Relative links lead to what is below the address `base`.
    """
    parts = divide(outline)
    arranger = _Arranger(notes, outline.has_tasks, GuidePages(base), ChecklistWords.of(outline))
    if not any(arranger.has_items(section) for section in parts.areas):
        return None
    title = parts.title or fallback_title
    description = arranger.text("", parts.description)
    areas, phases = arranger.areas_and_phases(parts.areas, parts.phases, fallback_title=title)
    for section in parts.leftovers:
        arranger.keep_section(section)
    checklist = Checklist(
        title=arranger.fit(outline, title),
        description=description,
        closing=arranger.text("", parts.closing),
        owners=arranger.words.owners,
        priorities=arranger.words.priorities,
        efforts=arranger.words.efforts,
        levels=arranger.words.levels,
        standards=arranger.words.standards,
        areas=areas,
        phases=phases,
    )
    return Arranged(checklist, arranger.pages.finished(), arranger.pages.blank)


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
    pages: GuidePages
    words: ChecklistWords
    names: TakenNames = field(default_factory=TakenNames)

    def areas_and_phases(
        self,
        sections: Sequence[OutlineSection],
        steps: Sequence[tuple[OutlineSection, PhaseHeading]],
        *,
        fallback_title: str,
    ) -> tuple[tuple[Area, ...], tuple[Phase, ...]]:
        """Return the areas and the phases. Areas get their ids first, then groups, phases and items."""
        for section in sections:
            if not self.has_items(section):
                self.keep_section(section)
        sections = [section for section in sections if self.has_items(section)]
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
            own = f"{child.icon} {child.title}" if child.icon else child.title
            title = f"{above} / {own}" if above else own
            if not self.has_items(child):
                self.pages.introduction(parent, own, _all_texts(child))
                continue
            self.pages.introduction(parent, title, [*child.before, *child.after])
            if any(self.is_item(entry) for entry in child.entries):
                fitting = self.fit(child, title)
                yield _Named(child, fitting, self.names.claim(fitting, kind="group", parent=parent))
            yield from self.groups(child, parent, title)

    def area(self, named: _Named) -> Area:
        section = named.section
        return Area(
            id=named.id,
            title=named.title,
            icon=section.icon,
            summary=self.text(named.id, [*section.before, *section.after]),
            items=self.items(section.entries, named.id, named.id),
            groups=tuple(
                Group(id=group.id, title=group.title, items=self.items(group.section.entries, group.id, named.id))
                for group in named.groups
            ),
        )

    def items(self, entries: Sequence[OutlineEntry], parent: str, area: str) -> tuple[Item, ...]:
        return tuple(self.item(entry, parent, area) for entry in entries if self.is_item(entry))

    def item(self, entry: OutlineEntry, parent: str, area: str) -> Item:
        name = self.names.claim(entry.title, kind="item", parent=parent)
        below = self.items(entry.entries, name, area)
        if len(entry.title) > MAX_TITLE:
            entry = replace(entry, title=cut(entry.title), text=f"{entry.title}\n\n{entry.text}".strip())
        traits, facts = entry.traits, entry.facts
        item = Item(
            id=name,
            title=entry.title,
            text=self.pages.guide(entry, area, name),
            status=None if below else entry.status,
            owner=self.words.owner_id(traits.owner),
            priority=facts.priority or self.words.priority(traits.priority),
            effort=facts.effort or self.words.effort(traits.effort),
            level=facts.level or self.words.level(traits.level),
            tags=(*traits.tags, *facts.tags),
            maps=(*traits.maps, *facts.maps),
            links=(
                *(ItemLink(title=link.title[:MAX_TITLE] or None, url=link.url) for link in traits.links),
                *facts.links,
            ),
            waiver=None if below else entry.waiver,
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
            texts = [*part.before, *part.after, *_said_of_goals(part.entries)]
            if texts:
                self.pages.keep(part.title, 2, texts)
            for entry in part.entries:
                goals.append(Goal(title=self.fit(entry, entry.title), items=targets.find(entry.title)))
                goals += [
                    Goal(title=self.fit(below, below.title), items=targets.find(below.title))
                    for each in entry.entries
                    for below in each.walk()
                ]
        return Phase(id=name, title=self.fit(section, heading.title), weeks=heading.weeks, goals=tuple(goals))

    def check_numbers(self, steps: Sequence[tuple[OutlineSection, PhaseHeading]]) -> None:
        for number, (section, heading) in enumerate(steps, start=1):
            if heading.number.isdigit() and int(heading.number) != number:
                self.note(section, f"phases are counted from 1; this becomes phase {number}")

    def has_items(self, section: OutlineSection) -> bool:
        """Return whether there is an item below `section`."""
        return any(self.is_item(entry) for part in section.walk() for entry in part.entries)

    def keep_section(self, section: OutlineSection, level: int = 2) -> None:
        """Keep a section without items, with all below it, for the page about the checklist."""
        self.pages.keep(section.title, level, [*section.before, *section.after])
        for child in section.sections:
            self.keep_section(child, level + 1)

    def is_item(self, entry: OutlineEntry) -> bool:
        return not self.has_tasks or entry.has_task

    def fit(self, place: OutlineSection | OutlineEntry, title: str) -> str:
        """Return `title`, or as much of it as a title may hold, with a note about the cut."""
        if len(title) <= MAX_TITLE:
            return title
        self.note(place, f"this title is cut to {MAX_TITLE} characters")
        return cut(title)

    def text(self, area: str, prose: Sequence[OutlineText]) -> str | None:
        """Return the summary of an `area`, or, without one, words of the checklist.

        Where that would lose something, all of it is kept for the page of the area, or that about the checklist.
        """
        whole = "\n\n".join(part.text for part in prose).strip()
        if not whole:
            return None
        texts = [plain_text(part.text) if part.is_prose else None for part in prose if part.text.strip()]
        plain = "\n\n".join(text for text in texts if text)
        if None not in texts and len(plain) <= MAX_TEXT:
            return plain or None
        if area:
            self.pages.introduction(area, "", prose)
        else:
            self.pages.keep("", 2, prose)
        first = next((read_title(_line(part.text)).text for part in prose if part.is_prose), "")
        return cut(first, _CARD) or None

    def note(self, place: OutlineSection | OutlineEntry, message: str) -> None:
        self.notes.add(place.line, place.column, message)


def _said_of_goals(entries: Sequence[OutlineEntry]) -> Iterator[OutlineText]:
    """Yield what goals say beside their titles, which a roadmap has no place for."""
    for entry in (each for top in entries for each in top.walk()):
        links = [f"- {entry.title}: [{link.title or link.url}]({link.url})" for link in entry.traits.links]
        links += [f"- {entry.title}: [{link.title or link.target}]({link.target})" for link in entry.facts.links]
        if entry.text or links:
            yield OutlineText("\n\n".join(filter(None, ("\n".join(links), entry.text))), entry.line, is_prose=False)


def _line(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _all_texts(section: OutlineSection) -> list[OutlineText]:
    """Return what stands in a section without items, with its headings as bold lines."""
    texts = [*section.before, *section.after]
    for child in section.sections:
        texts += [OutlineText(f"**{child.title}**", child.line), *_all_texts(child)]
    return texts
