"""Read a Markdown checklist as an outline: decide which of its lines, rows or headings are the items, keep the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from opsbook.convert.inline import MAX_LENGTH, read_inline
from opsbook.convert.notation import read_phase, split_icon
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.convert.sources.choice import ItemChoice, choose
from opsbook.convert.sources.front import front_details, front_title
from opsbook.convert.sources.gather import gather
from opsbook.convert.sources.markdown_items import MarkdownItems
from opsbook.convert.sources.markup import MarkdownText
from opsbook.convert.sources.pieces import HeadingPart, ListLine, MarkdownPiece, markdown_of
from opsbook.convert.sources.records import PlacedEntry, read_rows, sections_of
from opsbook.convert.titles import read_title


def read_markdown(
    source: MarkdownText, front: Sequence[str], notes: Notes, *, items: str, columns: Mapping[str, str]
) -> OutlineSection:
    """Return the outline of `source`, whose outermost section is the file. Add what it leaves out to `notes`.

    `front` are the lines of the front matter, which are blank in `source`. `items` names what the items are, one of
    `choice.FORMS`, where that is not to be guessed.
    """
    root = gather(source, notes)
    choice = choose(root, notes, items=items, columns=columns)
    reader = _MarkdownReader(notes, choice, MarkdownItems(notes, choice))
    outline = reader.section(root)
    unused = "\n".join(f"- [{label}]({url})" for _, label, url in source.unused)
    kept = [OutlineText(text, 1, is_prose=False) for text in (front_details(front), unused) if text]
    outline = replace(outline, before=(*outline.before, *kept))
    title = front_title(front)
    if title and not _has_title(outline):
        outline = OutlineSection("", 1, 1, sections=(replace(outline, title=title),))
    return outline


def _has_title(outline: OutlineSection) -> bool:
    """Return whether a file begins with a heading that stands above all others."""
    return len(outline.sections) == 1 and not outline.entries


@dataclass
class _Content:
    """What stands below a heading: what is before the first item, the items, and what is behind it."""

    before: list[OutlineText] = field(default_factory=list)
    entries: list[OutlineEntry] = field(default_factory=list)
    after: list[OutlineText] = field(default_factory=list)
    is_closed: bool = True

    def put(self, piece: MarkdownPiece) -> None:
        if piece.text:
            place = self.after if self.entries else self.before
            place.append(OutlineText(piece.text, piece.line, piece.is_apart, is_prose=piece.what == "text"))

    def attach(self, text: str) -> None:
        """Add `text` to the last item."""
        last = self.entries[-1]
        self.entries[-1] = replace(last, text=f"{last.text}\n\n{text}".strip())


@dataclass
class _MarkdownReader:
    notes: Notes
    choice: ItemChoice
    items: MarkdownItems
    above: list[HeadingPart] = field(default_factory=list)

    def section(self, part: HeadingPart) -> OutlineSection:
        """Return a heading with what stands below it."""
        heading = part.heading
        icon, source = split_icon(heading.text)
        titled = read_title(source, most=MAX_LENGTH)
        content = self.content(part)
        self.above.append(part)
        sections = [self.section(each) for each in part.parts if not self.choice.is_heading_item(each)]
        self.above.pop()
        content.entries += [self.items.heading_entry(each) for each in part.parts if self.choice.is_heading_item(each)]
        for each in part.content:
            if isinstance(each, MarkdownPiece) and each.line in self.choice.tables:
                self.table(each, content, sections)
        if titled.has_struck:
            self.items.note_struck(heading.line, heading.column)
        if titled.rest or titled.links:
            content.before.insert(0, OutlineText(source.strip(), heading.line, is_prose=False))
        return OutlineSection(
            title=titled.text or read_inline(source).text or source,
            line=heading.line,
            column=heading.column,
            icon=icon,
            level=heading.level,
            before=tuple(content.before),
            entries=tuple(content.entries),
            after=tuple(content.after),
            sections=tuple(sections),
        )

    def table(self, piece: MarkdownPiece, content: _Content, sections: list[OutlineSection]) -> None:
        """Add the rows of a table to a section; where its columns or rows name areas, as sections of their own."""
        found = read_rows(self.choice.tables[piece.line], self.notes, self.choice.columns)
        bare = [entry for area, group, entry in found if not area and not group]
        content.entries += [entry for entry in bare if isinstance(entry, OutlineEntry)]
        named = [
            PlacedEntry(area or group, group if area else "", entry) for area, group, entry in found if area or group
        ]
        sections += sections_of(named, title="")

    def content(self, part: HeadingPart) -> _Content:
        """Return what stands directly below a heading; pieces right behind an item belong to it."""
        content = _Content()
        for each in _runs(part.content):
            if isinstance(each, MarkdownPiece):
                self.piece(each, content)
            elif self.is_of_goals(part):
                content.entries += [self.items.goal(line) for line in each]
            elif self.choice.takes_list(each):
                for line in each:
                    self.line(line, content)
            else:
                self.other_list(each, content)
        return content

    def is_of_goals(self, part: HeadingPart) -> bool:
        """Return whether a part is a phase of work whose lists have no boxes, so that their lines are its goals."""
        return (
            self.choice.form == "tasks"
            and any(read_phase(split_icon(each.heading.text)[1]) for each in (part, *self.above))
            and not any(
                below.bullet.mark is not None
                for each in part.walk()
                for line in each.content
                if isinstance(line, ListLine)
                for below in line.walk()
            )
        )

    def line(self, line: ListLine, content: _Content) -> None:
        """Add a line of a list that holds items."""
        if self.choice.is_item(line):
            content.entries.append(self.items.entry(line))
            content.is_closed = False
        else:
            self.other_list([line], content)

    def other_list(self, lines: Sequence[ListLine], content: _Content) -> None:
        first = lines[0].bullet.line
        if self.choice.is_contents(lines):
            self.notes.is_beside("tables of contents", first, markdown_of(list(lines)))
        elif content.is_closed:
            last = max(each.bullet.line for line in lines for each in line.walk())
            content.put(MarkdownPiece(first, last, markdown_of(list(lines)), "a list"))
        else:
            content.attach(markdown_of(list(lines)))

    def piece(self, piece: MarkdownPiece, content: _Content) -> None:
        """Add a piece of Markdown; a paragraph or a rule ends what belongs to the item before."""
        if piece.line in self.choice.tables:
            return
        if self.choice.is_collapsed_item(piece):
            content.entries.append(self.items.collapsed(piece))
            return
        if piece.what == "text" and self.choice.is_contents_text(piece.text):
            self.notes.is_beside("tables of contents", piece.line, piece.text)
            return
        if piece.what in ("text", "a rule") or content.is_closed or not piece.text:
            content.is_closed = True
            content.put(piece)
        else:
            content.attach(piece.text)


def _runs(content: Sequence[ListLine | MarkdownPiece]) -> Iterator[list[ListLine] | MarkdownPiece]:
    """Yield pieces as they are, and the lines that follow each other as one list."""
    run: list[ListLine] = []
    for each in content:
        if isinstance(each, ListLine):
            run.append(each)
            continue
        if run:
            yield run
            run = []
        yield each
    if run:
        yield run
