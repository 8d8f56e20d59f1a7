"""Count the links, the blocks of code and the pictures in Markdown, to tell what was there and what was taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from opsbook.convert.outline import OutlineEntry
from opsbook.convert.sources.markup import fenced_lines
from opsbook.convert.titles import PICTURE, is_address, links_of, urgency_of


@dataclass
class Amounts:
    """The addresses of links and of pictures, and the text of the blocks of code, in order."""

    links: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Count what is in the Markdown `text`. Links to the web count; a priority's badge is no picture."""
        if not text:
            return
        lines = text.split("\n")
        fenced = fenced_lines(lines) if "```" in text or "~~~" in text else frozenset()
        self.code += list(_blocks(lines, fenced))
        for at, line in enumerate(lines):
            if at in fenced or not ("](" in line or "://" in line):
                continue
            if "![" in line:
                self.pictures += [
                    found["url"] for found in PICTURE.finditer(line) if not urgency_of(found["alt"], found["url"])
                ]
            self.links += [link.url for link in links_of(line) if is_address(link.url)]


def amounts_of(texts: Iterable[str]) -> Amounts:
    """Return what is in all of `texts`."""
    found = Amounts()
    for text in texts:
        found.add(text)
    return found


def amounts_of_entries(entries: Iterable[OutlineEntry]) -> Amounts:
    """Return what is in the items of an outline."""
    found = Amounts()
    for entry in entries:
        found.add(entry.text)
        found.links += [link.url for link in entry.traits.links]
        for _, value in entry.traits.details:
            found.add(value)
    return found


def _blocks(lines: list[str], fenced: frozenset[int]) -> Iterator[str]:
    """Yield the content of each fenced block, without blanks."""
    block: list[str] = []
    for at in sorted(fenced):
        if at - 1 not in fenced and block:
            yield from _cut_block(block)
            block = []
        block.append(lines[at])
    if block:
        yield from _cut_block(block)


def _cut_block(lines: list[str]) -> Iterator[str]:
    """Yield the blocks in fenced `lines`, of which one may follow another without a line between them."""
    inside: list[str] | None = None
    sign = ""
    for line in lines:
        bare = line.strip().removeprefix("- ").removeprefix("* ")
        if inside is None:
            inside, sign = [], bare[: len(bare) - len(bare.lstrip(bare[:1]))] or "```"
        elif bare.startswith(sign) and not bare.strip(sign[0]):
            yield "".join("".join(inside).split())
            inside = None
        else:
            inside.append(line)
    if inside:
        yield "".join("".join(inside).split())
