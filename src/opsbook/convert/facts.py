"""Write what an item carries beside its title as lines of a list below it, and read such lines.

`- Priority: high`, `- Effort: 2 days` and `- Level: L2` hold a word each; `- Tags: a, b` and `- Controls: A-1, A-2`
hold some, with commas between them; `- Link: [title](<address>)` holds a link. A line without a box is no sub-item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from opsbook.convert.inline import read_inline, write_inline
from opsbook.nouns.checklist.model import Item, ItemLink
from opsbook.nouns.checklist.model.traits import MOST_OF_WORD, link_keys

_LINE = re.compile(r"(?P<name>priority|effort|level|tags?|controls?|links?):[ \t]+(?P<value>\S.*)$", re.IGNORECASE)
_FIELDS = {"tag": "tags", "control": "maps"}
_ESCAPED = re.compile(r"\\([\\<>])")
_PATH = re.compile(r"[^\s<>()\[\]`*]+\.[A-Za-z0-9]+(?:#\S*)?$")
_MOST = 1000
"""How long a line becomes before the words that are left go on another one."""


@dataclass(frozen=True)
class ItemFacts:
    """What the lines below an item say, by the fields of the item."""

    priority: str | None = None
    effort: str | None = None
    level: str | None = None
    tags: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    links: tuple[ItemLink, ...] = ()

    def with_line(self, source: str) -> ItemFacts | None:
        """Return these facts with the one in `source`, a line without its marker; None where it holds no new one."""
        found = _LINE.match(source)
        if not found:
            return None
        name, value = found["name"].lower().removesuffix("s"), found["value"].strip()
        if name == "link":
            link = _read_link(value)
            return replace(self, links=(*self.links, link)) if link else None
        words = tuple(read_inline(word).text for word in value.split(","))
        if not all(0 < len(word) <= MOST_OF_WORD and "," not in word for word in words):
            return None
        return self._with_words(_FIELDS.get(name, name), words)

    def _with_words(self, name: str, words: tuple[str, ...]) -> ItemFacts | None:
        before = getattr(self, name)
        if isinstance(before, tuple):
            given: dict[str, Any] = {name: (*before, *words)}
        elif before is None and len(words) == 1:
            given = {name: words[0]}
        else:
            return None
        return replace(self, **given)


NO_FACTS = ItemFacts()
"""What is known of an item with no such line."""


def write_facts(item: Item) -> Iterator[str]:
    """Yield the lines below `item`, without their markers and in the order of the fields."""
    for name in ("priority", "effort", "level"):
        if word := getattr(item, name):
            yield f"{name.capitalize()}: {write_inline(word)}"
    for label, words in (("Tags", item.tags), ("Controls", item.maps)):
        yield from (f"{label}: {line}" for line in _lines(words))
    for link in item.links:
        yield f"Link: {_write_link(link)}"


def _lines(words: tuple[str, ...]) -> Iterator[str]:
    line = ""
    for word in map(write_inline, words):
        if line and len(line) + len(word) > _MOST:
            yield line
            line = ""
        line = f"{line}, {word}" if line else word
    if line:
        yield line


def _write_link(link: ItemLink) -> str:
    if link.title is None and link.url:
        return f"<{link.url}>"
    if link.title is None and _PATH.match(link.target):
        return link.target
    target = re.sub(r"[\\<>]", r"\\\g<0>", link.target)
    return f"[{write_inline(link.title or link.target)}](<{target}>)"


def _read_link(source: str) -> ItemLink | None:
    """Return the link that `source` consists of; None where it is not one of the forms that are written here."""
    label, bracket, target = source.removesuffix(">)").rpartition("](<")
    if bracket and source.startswith("[") and source.endswith(">)"):
        return _link(_ESCAPED.sub(r"\1", target), read_inline(label[1:]).text)
    if source.startswith("<") and source.endswith(">"):
        return _link(source[1:-1])
    if _PATH.match(source):
        return _link(source)
    markup = read_inline(source)
    link = _link(markup.targets[0], markup.text) if len(markup.targets) == 1 and source.startswith("[") else None
    return link if link and link.url else None


def _link(target: str, title: str | None = None) -> ItemLink | None:
    try:
        return ItemLink(title=title or None, **link_keys(target))
    except ValidationError:
        return None
