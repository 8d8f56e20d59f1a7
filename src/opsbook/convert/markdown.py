"""Read a Markdown checklist as an outline of its headings and lists, and note everything that is in neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from opsbook.convert.blocks import Block, Bullet, HeadingBlock, Paragraph, Rule, Skipped, outline_blocks
from opsbook.convert.facts import NO_FACTS, ItemFacts
from opsbook.convert.inline import MAX_LENGTH, Inline, read_inline
from opsbook.convert.notation import read_line, split_icon
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.nouns.checklist.model import Status

MAX_NESTING = 8
"""How deep items nest below each other; `checklist.yml` may be nested no deeper."""


@dataclass
class _Entry:
    bullet: Bullet
    text: list[OutlineText] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)


@dataclass
class _Section:
    heading: HeadingBlock
    before: list[OutlineText] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    after: list[OutlineText] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)


@dataclass
class _MarkdownReader:
    """A reader that puts each block below the last heading of a higher level, or the last line indented less."""

    notes: Notes
    sections: list[_Section]
    entries: list[_Entry] = field(default_factory=list)
    is_apart: bool = False

    def put(self, block: Block) -> None:
        if isinstance(block, HeadingBlock):
            self.heading(block)
        elif isinstance(block, Bullet):
            self.bullet(block)
        elif isinstance(block, Paragraph):
            self.paragraph(block)
        elif isinstance(block, Rule):
            self.is_apart, self.entries = True, []
        else:
            self.skip(block)

    def heading(self, heading: HeadingBlock) -> None:
        self.entries, self.is_apart = [], False
        if not heading.text:
            self.notes.add(heading.line, heading.column, "this heading is empty; it is left out")
            return
        while self.sections[-1].heading.level >= heading.level:
            self.sections.pop()
        section = _Section(heading)
        self.sections[-1].sections.append(section)
        self.sections.append(section)

    def bullet(self, bullet: Bullet) -> None:
        self.is_apart = False
        if not bullet.text or len(bullet.text) > MAX_LENGTH:
            what = f"is longer than {MAX_LENGTH} characters" if bullet.text else "has no text"
            self.notes.add(bullet.line, bullet.column, f"this list line {what}; it is left out")
            return
        while self.entries and bullet.indent < self.entries[-1].bullet.indent + 2:
            self.entries.pop()
        if len(self.entries) == MAX_NESTING:
            self.notes.add(
                bullet.line, bullet.column, f"nested deeper than {MAX_NESTING} levels; it is taken one level up"
            )
            self.entries.pop()
        entry = _Entry(bullet)
        (self.entries[-1].entries if self.entries else self.sections[-1].entries).append(entry)
        self.entries.append(entry)

    def paragraph(self, paragraph: Paragraph) -> None:
        while self.entries and paragraph.indent <= self.entries[-1].bullet.indent:
            self.entries.pop()
        section = self.sections[-1]
        lines = [read_inline(line) for line in paragraph.text.split("\n")]
        for markup in lines:
            _note_markup(self.notes, paragraph.line, paragraph.indent + 1, markup)
        text = "\n".join(markup.text for markup in lines).strip()
        around = section.after if section.entries else section.before
        place = self.entries[-1].text if self.entries else around
        place.append(OutlineText(text, paragraph.line, self.is_apart))

    def skip(self, block: Skipped) -> None:
        lines = f" (to line {block.last})" if block.last > block.line else ""
        self.notes.add(block.line, 1, f"{block.what}{lines} is left out")


def read_markdown(text: str, notes: Notes) -> OutlineSection:
    """Return the outline of `text`, whose outermost section is the file. Add what it leaves out to `notes`."""
    lines = text.split("\n")
    root = _Section(HeadingBlock(1, 1, 0, ""))
    reader = _MarkdownReader(notes, [root])
    for number in range(_front_matter_end(lines)):
        lines[number] = ""
        if number == 0:
            notes.add(1, 1, "the front matter is left out")
    for block in outline_blocks(lines):
        reader.put(block)
    return _section(notes, root)


def _front_matter_end(lines: list[str]) -> int:
    if lines[0].rstrip() != "---" or len(lines) < 2 or not re.match(r"[A-Za-z_][\w-]*:", lines[1]):
        return 0
    return next((n for n, line in enumerate(lines[1:], start=2) if line.rstrip() in ("---", "...")), 0)


def _section(notes: Notes, draft: _Section) -> OutlineSection:
    heading = draft.heading
    icon, source = split_icon(heading.text)
    markup = read_inline(source)
    _note_markup(notes, heading.line, heading.column, markup)
    return OutlineSection(
        title=markup.text or source,
        line=heading.line,
        column=heading.column,
        icon=icon,
        before=tuple(draft.before),
        entries=tuple(_entry(notes, entry) for entry in draft.entries),
        after=tuple(draft.after),
        sections=tuple(_section(notes, section) for section in draft.sections),
    )


def _entry(notes: Notes, draft: _Entry) -> OutlineEntry:
    bullet = draft.bullet
    line = read_line(bullet.text)
    _note_markup(notes, bullet.line, bullet.column, line.markup)
    is_ticked = bullet.mark in ("x", "X", "\u2713", "\u2714")
    status = Status.DONE if is_ticked else line.status
    facts, entries = _facts(draft.entries)
    if is_ticked and line.status:
        notes.add(bullet.line, bullet.column, f"the box is ticked; the item is taken as done, not {line.status.value}")
    if bullet.mark in ("~", "/", ">", "-"):
        notes.add(bullet.line, bullet.column, f"the box holds `{bullet.mark}`; the item is taken as not done")
    return OutlineEntry(
        title=line.title or bullet.text,
        line=bullet.line,
        column=bullet.column,
        is_task=bullet.mark is not None,
        status=status,
        waiver=line.waiver if status is Status.WAIVED else None,
        text=tuple(draft.text),
        facts=facts,
        entries=tuple(_entry(notes, entry) for entry in entries),
    )


def _facts(entries: list[_Entry]) -> tuple[ItemFacts, list[_Entry]]:
    """Return what the lines below an item say of it, and the lines that say nothing of it."""
    facts, others = NO_FACTS, []
    for entry in entries:
        is_plain = entry.bullet.mark is None and not entry.entries and not entry.text
        if is_plain and (more := facts.with_line(entry.bullet.text)):
            facts = more
        else:
            others.append(entry)
    return facts, others


def _note_markup(notes: Notes, line: int, column: int, markup: Inline) -> None:
    for target in markup.targets:
        notes.add(line, column, f"the link to {target} is left out; its text stays")
    if markup.has_struck:
        notes.add(line, column, "some of this is struck out; it is taken as it reads")
