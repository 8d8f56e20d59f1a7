"""Count the links, the blocks of code and the pictures in Markdown, to tell what was there and what was taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from opsbook.convert.fences import fenced_blocks
from opsbook.convert.outline import OutlineEntry
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
        blocks = list(fenced_blocks(lines)) if "```" in text or "~~~" in text else []
        self.code += ["".join("".join(lines[block.content]).split()) for block in blocks]
        fenced = {at for block in blocks for at in range(block.first, block.end)}
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
