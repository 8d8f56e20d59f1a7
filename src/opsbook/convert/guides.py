"""Divide what an item says between the checklist and its guide: short text stays, the rest becomes a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opsbook.convert.outline import OutlineEntry, OutlineText
from opsbook.convert.prose import as_page, plain_text
from opsbook.convert.titles import read_title
from opsbook.convert.vocabulary import as_heading
from opsbook.nouns.guide.model import IMPORTED

_LONG = 160
"""The characters from which on a detail has a heading of its own."""

ABOUT = "about-this-checklist.md"
"""The page, below the hand-written ones, of what stands around the checklist in its source."""


@dataclass
class GuidePages:
    """The pages to be written, by their paths below the hand-written ones. `base` is where relative links lead to."""

    base: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    about: list[str] = field(default_factory=list)
    blank: int = 0
    """The texts that hold nothing that a page shows, such as a link to a place of the same file."""

    def guide(self, entry: OutlineEntry, area: str, item: str) -> str | None:
        """Return the text of an item for the checklist; where it needs a guide, keep that, and return None."""
        text = plain_text(entry.text)
        if text is not None and not entry.traits.details:
            self.blank += bool(entry.text.strip()) and not text
            return text or None
        parts = [as_page(entry.text, base=self.base)] if entry.text.strip() else []
        parts += _details(entry.traits.details, self.base)
        body = "\n\n".join(parts).strip()
        if body:
            self.pages[f"practices/{area}/{item}.md"] = f"{IMPORTED}\n\n{body}\n"
        else:
            self.blank += 1
        return None

    def introduction(self, area: str, title: str, texts: Sequence[OutlineText]) -> None:
        """Keep what stands around the items of an area for the beginning of its page; `title` names a group of it."""
        body = "\n\n".join(as_page(text.text, base=self.base) for text in texts)
        if body.strip():
            path = f"practices/{area}/index.md"
            heading = f"## {title}\n\n" if title else ""
            before = f"{self.pages[path].rstrip()}\n\n" if path in self.pages else ""
            self.pages[path] = f"{before}{heading}{body}\n"

    def keep(self, title: str, level: int, texts: Sequence[OutlineText]) -> None:
        """Keep what has no place in the checklist for the page about it."""
        if title:
            self.about.append(f"{'#' * min(6, max(2, level))} {title}")
        self.about += [as_page(text.text, base=self.base) for text in texts]

    def finished(self) -> dict[str, str]:
        """Return all pages."""
        body = "\n\n".join(part for part in self.about if part.strip())
        if body:
            self.pages[ABOUT] = f"# About this checklist\n\n{body}\n"
        return self.pages


def _details(details: Sequence[tuple[str, str]], base: str) -> Iterator[str]:
    """Yield long details below headings of their own, then the short ones as a list."""
    short = []
    for name, value in details:
        title = read_title(as_heading(name)).text or name
        if len(value) > _LONG or "\n" in value.strip():
            yield f"## {title}\n\n{as_page(value, base=base)}"
        else:
            short.append(f"- **{title}**: {as_page(value, base=base)}")
    if short:
        yield "## Details\n\n" + "\n".join(short)
