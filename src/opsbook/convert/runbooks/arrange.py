"""Arrange the text of a foreign page in our sections and steps, in its order, and tell where each heading went.

A heading that stands for one of our sections opens it. Any other heading stays with the text below it, in the section
that is open: as a step where the section has steps, else as a line in bold type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.convert.runbooks.commands import command_blocks
from opsbook.convert.runbooks.dialects import counted_words
from opsbook.convert.runbooks.pieces import CodeBlock, PageBlock, TextLine, lines_of
from opsbook.convert.runbooks.vocabulary import is_aside, section_for, without_number
from opsbook.nouns.runbook.model import SectionName
from opsbook.source.headings import Heading
from opsbook.source.slugs import slug

MOST_ANCHOR = 60


@dataclass(frozen=True)
class Passage:
    """A heading of the page, or None for what stands before the first, and the pieces below it."""

    heading: Heading | None
    pieces: tuple[PageBlock, ...]

    @property
    def has_commands(self) -> bool:
        """Return whether a block of code stands in it that is no illustration in a list."""
        return any(isinstance(piece, CodeBlock) and not piece.indent for piece in self.pieces)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing stands in it."""
        return not any(isinstance(piece, CodeBlock) or piece.text.strip() for piece in self.pieces)


@dataclass
class _Step:
    title: str
    anchor: str
    pieces: list[PageBlock] = field(default_factory=list)


@dataclass
class _Section:
    intro: list[PageBlock] = field(default_factory=list)
    steps: list[_Step] = field(default_factory=list)


@dataclass(frozen=True)
class ArrangedRunbook:
    """The text below the front matter, and the new anchor of each heading that the page had, by its old one."""

    text: str
    anchors: Mapping[str, str]
    found: int
    """How many headings stood for one of our sections."""
    dropped: Counter[str]
    """The words of headings that are said once instead of twice, and of the names of languages that are changed."""


def arranged(passages: Sequence[Passage], title: str) -> ArrangedRunbook:
    """Return `passages` in our sections; `title` is that of the runbook, which is not repeated."""
    arranger = _Arranger(_levels(passages), title)
    for passage in passages:
        arranger.take(passage)
    text = "\n".join(arranger.lines())
    return ArrangedRunbook(
        f"{text.strip()}\n" if text.strip() else "", arranger.anchors, arranger.found, arranger.dropped
    )


def _levels(passages: Sequence[Passage]) -> int:
    """Return the level of the headings that open sections: the highest at which one is known, else the highest."""
    headings = [passage.heading for passage in passages if passage.heading]
    known = {heading.level for heading in headings if section_for(heading.text)}
    if {1, 2} <= known:
        return 2
    return min(known or [heading.level for heading in headings] or [2])


class _Arranger:
    def __init__(self, level: int, title: str) -> None:
        self.level = level
        self.title = title
        self.sections: dict[SectionName, _Section] = {}
        self.current = SectionName.MEANING
        self.anchors: dict[str, str] = {}
        self.used = {name.value.lower() for name in SectionName}
        self.found = 0
        self.dropped: Counter[str] = Counter()

    def take(self, passage: Passage) -> None:
        """Add `passage` to the section that its heading opens, or that is open."""
        heading = passage.heading
        if heading is None:
            self.add_text(passage.pieces)
            return
        known = section_for(heading.text) if heading.level <= self.level else None
        if known:
            self.found += 1
            self.open(known, heading, passage)
            return
        if passage.has_commands and not self.current.has_steps and heading.level <= self.level:
            self.current = SectionName.DIAGNOSIS if self.current is not SectionName.ESCALATION else self.current
        section = self.section()
        is_step = self.current.has_steps and not is_aside(heading.text)
        if is_step and (heading.level <= self.level + 1 or not section.steps):
            self.add_step(heading.text, heading.anchor, passage.pieces)
        else:
            self.anchors[heading.anchor] = self.place()
            self.add_text((*_bold(heading), *passage.pieces))

    def open(self, name: SectionName, heading: Heading, passage: Passage) -> None:
        """Open the section `name`; a heading of another name stays, as its first step or a line in bold type."""
        is_new = name not in self.sections
        self.current = name
        section = self.section()
        is_same = heading.text.strip(" *_:").lower() == name.value.lower()
        if name.has_steps and not passage.is_empty:
            self.add_step(heading.text, heading.anchor, passage.pieces)
            if is_same and is_new:
                self.anchors[heading.anchor] = name.value.lower()
            return
        self.anchors[heading.anchor] = self.place()
        if is_same:
            self.dropped += Counter(counted_words(heading.text))
        else:
            (section.steps[-1].pieces if section.steps else section.intro).extend(_bold(heading))
        self.add_text(passage.pieces)

    def section(self) -> _Section:
        return self.sections.setdefault(self.current, _Section())

    def place(self) -> str:
        """Return the anchor of the step or section that is open."""
        steps = self.section().steps
        return steps[-1].anchor if steps else self.current.value.lower()

    def add_text(self, pieces: Sequence[PageBlock]) -> None:
        """Add `pieces` to what is open. A blank line keeps them apart from what stands there."""
        section = self.section() if any(_shows(piece) for piece in pieces) else None
        if section:
            target = section.steps[-1].pieces if section.steps else section.intro
            target += [TextLine("", 0), *pieces]

    def add_step(self, title: str, old: str, pieces: Sequence[PageBlock]) -> None:
        """Add a step. Its anchor is the one that the heading had, where that can stay."""
        words = without_number(title)
        self.dropped += Counter(counted_words(title)) - Counter(counted_words(words))
        anchor = slug(old.replace("_", "-"), most=MOST_ANCHOR) or slug(words, most=MOST_ANCHOR) or "step"
        number = 2
        own = anchor
        while own in self.used:
            own, number = f"{anchor}-{number}", number + 1
        self.used.add(own)
        self.anchors[old] = own
        self.section().steps.append(_Step(words, own, list(pieces)))

    def lines(self) -> Iterator[str]:
        """Yield the lines of the sections in our order, with steps numbered through."""
        number = 0
        for name in SectionName:
            section = self.sections.get(name)
            if not section or not (section.steps or any(map(_shows, section.intro))):
                continue
            yield from (f"## {name.value}", "")
            yield from self.text(section.intro, is_step=False)
            for step in section.steps:
                number += 1
                yield from (f"### {number}. {step.title} {{#{step.anchor}}}", "")
                yield from self.text(step.pieces, is_step=True)

    def text(self, pieces: Sequence[PageBlock], *, is_step: bool) -> Iterator[str]:
        """Yield the lines of `pieces`, with commands in our form, no blank lines around them and one behind."""
        blocks: list[PageBlock] = []
        for piece in pieces:
            if isinstance(piece, CodeBlock):
                found = command_blocks(piece, is_step=is_step)
                # Only the language of a block and the prompts in it are said otherwise.
                self.dropped += _words(piece) - sum(map(_words, found), Counter())
                gap = piece.indent.rstrip() if ">" in piece.indent else ""
                for block in found:
                    blocks += [block, TextLine(gap, piece.line)] if len(found) > 1 else [block]
            elif piece.text.strip() or (blocks and not _is_blank(blocks[-1])):
                blocks.append(piece)
        lines = list(lines_of(blocks))
        while lines and not lines[0].strip():
            lines.pop(0)
        while lines and not lines[-1].strip():
            lines.pop()
        if lines:
            yield from (*lines, "")


def _words(block: CodeBlock) -> Counter[str]:
    return Counter(counted_words("\n".join((block.info, *block.code))))


def _is_blank(piece: PageBlock) -> bool:
    return isinstance(piece, TextLine) and not piece.text.strip()


def _shows(piece: PageBlock) -> bool:
    return isinstance(piece, CodeBlock) or bool(piece.text.strip())


def _bold(heading: Heading) -> tuple[PageBlock, ...]:
    text = heading.text
    shown = text if "*" in text or text.startswith("_") else f"**{text}**"
    return (TextLine(shown, heading.line), TextLine("", heading.line)) if text else ()
