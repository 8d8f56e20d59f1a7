"""Read one row of a table by the roles of its columns: the state, the words, the ids and the links of an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from opsbook.convert.columns import is_marked, normal
from opsbook.convert.outline import OutlineLink, OutlineTraits
from opsbook.convert.sources.attributes import Attributes, control
from opsbook.convert.states import read_state
from opsbook.convert.titles import is_web, links_of, plain_word, read_title
from opsbook.nouns.checklist.model import Status

_SPLIT = re.compile(r"[,;\n]|<br>")
_CONTROL = re.compile(r"(?=.*\d)[\w.:/()#+&' -]{1,60}$")
_NO_IDS = ("na", "n/a", "-", "none")

Details = list[tuple[str, str]]
"""The cells that go into the guide, each with the name of its column."""


@dataclass(frozen=True)
class RowCells:
    """The cells of one row, without blanks around them, below the names and the roles of their columns."""

    names: tuple[str, ...]
    roles: tuple[str, ...]
    cells: tuple[str, ...]

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Return the places of the cells that hold something."""
        return tuple(at for at, cell in enumerate(self.cells) if cell)

    @property
    def is_blank(self) -> bool:
        """Return whether a row holds nothing, or the dashes of a rule alone."""
        return all(not cell.strip("-: ") for cell in self.cells)

    @property
    def repeated(self) -> tuple[int, ...]:
        """Return the places of the cells that repeat the names of their columns, where a row is made of those."""
        names = [normal(name) for name in self.names]
        same = tuple(at for at in self.filled if names[at] and normal(self.cells[at]) == names[at])
        return same if len(same) >= 2 or len(same) == len(self.filled) else ()

    def one(self, role: str) -> str:
        """Return the first filled cell of a column with `role`."""
        return next(iter(self.many(role)), "")

    def many(self, role: str) -> list[str]:
        """Return the filled cells of the columns with `role`."""
        return [cell for cell, each in zip(self.cells, self.roles, strict=True) if each == role and cell]

    def named(self, role: str) -> tuple[str, str]:
        """Return the first filled cell of a column with `role`, or the level that a row marks, behind its name."""
        at = next((at for at in self.filled if self.roles[at] == role), None)
        return (self.names[at] or role.capitalize(), self.cells[at]) if at is not None else ("Level", self.level()[0])

    def prefixed(self, role: str) -> str:
        """Return the area or group of a row, behind the id that a column such as `chapter_id` gives it."""
        value = bare_text(self.one(role))
        if not value:
            return ""
        wanted = f"{normal(self.names[self.roles.index(role)]).removesuffix(' name')} id"
        for at in self.filled:
            if normal(self.names[at]) == wanted and self.roles[at] != "title":
                return f"{self.cells[at]} {value}"
        return value

    def status(self) -> Status | None:
        """Return the state of a row; None where it is open, or where its word is no state."""
        found = read_state(self.one("status"))
        return None if found is Status.TODO else found

    def attributes(self) -> Attributes:
        """Return what a row says beside its title, its area and its state."""
        level, of_level = self.level()
        maps, of_maps = self.maps()
        links, of_links = self.links()
        traits = OutlineTraits(
            priority=plain_word(self.one("priority")),
            effort=plain_word(self.one("effort")),
            level=level,
            owner=plain_word(self.one("owner")),
            tags=self.tags(),
            maps=maps,
            links=tuple(links),
            details=(*self.details(), *of_level, *of_maps, *of_links),
        )
        return Attributes("\n\n".join(self.many("text")), traits)

    def details(self) -> Details:
        """Return the cells that have no other role, behind a state that is none."""
        cell = self.one("status")
        status = [self.named("status")] if cell and read_state(cell) is None else []
        return status + [
            (self.names[at] or f"Column {at + 1}", self.cells[at])
            for at in self.filled
            if self.roles[at] == "guide" and not self.is_prefix(at)
        ]

    def level(self) -> tuple[str, Details]:
        """Return the level of a row, else the first of those that it marks, and what is said of them beside.

        Where the later ones have gaps, all of them are told.
        """
        if word := plain_word(self.one("level")):
            return word, []
        places = [at for at, role in enumerate(self.roles) if role == "mark"]
        marked = [at for at in places if is_marked(self.cells[at]) is not False]
        if not marked:
            return "", []
        details = [(self.names[at], self.cells[at]) for at in marked if is_marked(self.cells[at]) is None]
        if marked != places[places.index(marked[0]) :]:
            details.append(("Levels", ", ".join(self.names[at] for at in marked)))
        return plain_word(self.names[marked[0]]), details

    def tags(self) -> tuple[str, ...]:
        """Return the words in the columns with tags, each once."""
        found = [plain_word(word) for cell in self.many("tags") for word in _SPLIT.split(cell)]
        return tuple(dict.fromkeys(word for word in found if word))

    def maps(self) -> tuple[tuple[str, ...], Details]:
        """Return the ids of a row, its own, then those of the standards that it names, and the cells of other words.

        The id of an area or group stands before its name; where that is empty, the id comes last.
        """
        found: list[str] = []
        details: Details = []
        places = [at for at in self.filled if self.roles[at] in ("id", "maps") and not self.is_prefix(at)]
        for at in sorted(places, key=lambda at: bool(self.named_by(at))):
            if self.cells[at].casefold() in _NO_IDS:
                continue
            words = [word for each in _SPLIT.split(self.cells[at]) if (word := plain_word(each))]
            if not all(_CONTROL.match(word) for word in words):
                details.append((self.names[at], self.cells[at]))
            elif self.roles[at] == "maps":
                found += [control(self.names[at], word) for word in words]
            else:
                found += [word for word in words if not word.isdigit()]
        return tuple(dict.fromkeys(found)), details

    def links(self) -> tuple[list[OutlineLink], Details]:
        """Return the links of a row, and the cells that say more than addresses."""
        found: list[OutlineLink] = []
        details: Details = []
        for at in self.filled:
            if self.roles[at] != "links":
                continue
            links = links_of(self.cells[at])
            words = re.sub(r"https?://\S+|[\s,;|<>]+|<br>", "", self.cells[at])
            if links and not words and all(is_web(link.url) for link in links):
                found += links
            else:
                details.append((self.names[at], self.cells[at]))
        return found, details

    def is_prefix(self, at: int) -> bool:
        """Return whether a cell holds the id of the area or group of the row, which stands before its name."""
        return any(self.cells[each] for each in self.named_by(at))

    def named_by(self, at: int) -> Sequence[int]:
        """Return the columns with the names of the areas or groups whose ids stand in the column `at`."""
        word = normal(self.names[at])
        stem = word.removesuffix(" id")
        return [
            place
            for place, (name, role) in enumerate(zip(self.names, self.roles, strict=True))
            if word != stem and role in ("area", "group") and normal(name).removesuffix(" name") == stem
        ]


def bare_text(cell: str) -> str:
    """Return what a cell shows, on one line."""
    return read_title(cell.replace("\n", " ")).text
