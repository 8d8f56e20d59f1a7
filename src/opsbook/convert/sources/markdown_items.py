"""Read the items of a Markdown file: lines of lists with their states and facts, headings and collapsed parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opsbook.convert.facts import NO_FACTS, ItemFacts
from opsbook.convert.notation import read_line, split_icon
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineTraits
from opsbook.convert.sources.choice import ItemChoice
from opsbook.convert.sources.pieces import HeadingPart, ListLine, MarkdownPiece, markdown_of
from opsbook.convert.states import box_state
from opsbook.convert.titles import Titled, read_title
from opsbook.nouns.checklist.model import Status


@dataclass(frozen=True)
class MarkdownItems:
    """A reader of items, of the kind that was chosen."""

    notes: Notes
    choice: ItemChoice

    def entry(self, line: ListLine) -> OutlineEntry:
        """Return a line as an item, with the items below it and the rest as its text."""
        bullet = line.bullet
        said = read_line(bullet.text)
        titled = read_title(said.source)
        facts, content = _facts(line)
        below, rest = self.divided(content)
        status = self.state(line, said.status)
        if titled.has_struck:
            self.note_struck(bullet.line, bullet.column)
        text = "\n\n".join(filter(None, (titled.rest, markdown_of(rest))))
        entry = _entry(titled, bullet.line, bullet.column, text, is_task=bullet.mark is not None)
        return replace(
            entry,
            title=entry.title or bullet.text[:80],
            status=status,
            waiver=said.waiver if status is Status.WAIVED else None,
            facts=facts,
            entries=tuple(self.entry(each) for each in below),
        )

    def divided(
        self, content: Sequence[ListLine | MarkdownPiece]
    ) -> tuple[list[ListLine], list[ListLine | MarkdownPiece]]:
        """Return the lines in `content` that are items, and the rest."""
        items, rest = [], []
        for each in content:
            if isinstance(each, ListLine) and self.choice.is_item(each):
                items.append(each)
            else:
                rest.append(each)
        return items, rest

    def state(self, line: ListLine, said: Status | None) -> Status | None:
        """Return the state of an item by its box, else by what its line says."""
        bullet = line.bullet
        if bullet.mark is None or (bullet.is_sign and self.choice.ticks_decorate):
            return said
        found = box_state(bullet.mark)
        if found is Status.DONE and said:
            self.notes.add(
                bullet.line, bullet.column, f"the box is ticked; the item is taken as done, not {said.value}"
            )
        if found is Status.TODO and bullet.mark not in ("", " ", "\u2610"):
            self.notes.add(bullet.line, bullet.column, f"the box holds `{bullet.mark}`; the item is taken as not done")
        return said if found is Status.TODO or (found is Status.DOING and said) else found

    def heading_entry(self, part: HeadingPart) -> OutlineEntry:
        """Return a heading as an item, with all that stands below it as its text."""
        titled = read_title(split_icon(part.heading.text)[1])
        text = "\n\n".join(filter(None, (titled.rest, _whole(part))))
        return _entry(titled, part.heading.line, part.heading.column, text, is_task=True)

    def note_struck(self, line: int, column: int) -> None:
        """Note that some of a line is struck out."""
        self.notes.add(line, column, "some of this is struck out; it is taken as it reads")

    def goal(self, line: ListLine) -> OutlineEntry:
        """Return a line of a list as the goal of a phase, with those below it."""
        said = read_line(line.bullet.text)
        titled = read_title(said.source)
        pieces = [each for each in line.content if isinstance(each, MarkdownPiece)]
        text = "\n\n".join(filter(None, (titled.rest, markdown_of(pieces))))
        entry = _entry(titled, line.bullet.line, line.bullet.column, text, is_task=False)
        return replace(entry, entries=tuple(self.goal(each) for each in line.lines))

    def collapsed(self, piece: MarkdownPiece) -> OutlineEntry:
        """Return a collapsed part as an item, whose summary is its title."""
        text = piece.text.partition("\n\n")[2]
        return _entry(read_title(piece.summary), piece.line, 1, text, is_task=True)


def _facts(line: ListLine) -> tuple[ItemFacts, list[ListLine | MarkdownPiece]]:
    """Return what the lines below an item say of it, and what else is below it."""
    facts, others = NO_FACTS, []
    for each in line.content:
        is_plain = isinstance(each, ListLine) and each.bullet.mark is None and not each.content
        more = facts.with_line(each.bullet.text) if is_plain and isinstance(each, ListLine) else None
        if more:
            facts = more
        else:
            others.append(each)
    return facts, others


def _entry(titled: Titled, line: int, column: int, text: str, *, is_task: bool) -> OutlineEntry:
    traits = OutlineTraits(priority=titled.priority, links=titled.links)
    return OutlineEntry(titled.text, line, column, is_task, text=text.strip(), traits=traits)


def _whole(part: HeadingPart) -> str:
    """Return the Markdown below a heading, with the headings further below as bold lines."""
    parts = [markdown_of(part.content)]
    for below in part.parts:
        parts += [f"**{below.heading.text.strip('*')}**", _whole(below)]
    return "\n\n".join(filter(None, parts))
