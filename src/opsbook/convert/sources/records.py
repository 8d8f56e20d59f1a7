"""Turn rows of cells into items below the areas and groups that their columns name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.convert.sources.row_cells import RowCells, bare_text
from opsbook.convert.sources.row_table import RecordRow, RowTable
from opsbook.convert.titles import plain_word, read_title

_WORDS = ("priority", "effort", "level", "owner")


class PlacedEntry(NamedTuple):
    """An item with the names of its area and its group; they are empty where the table says neither.

    Or a text about that area or group.
    """

    area: str
    group: str
    entry: OutlineEntry | OutlineText


def read_rows(table: RowTable, notes: Notes, columns: Mapping[str, str]) -> list[PlacedEntry]:
    """Return the items of `table`. `columns` are roles by the names of columns, which are guessed otherwise."""
    reader = _RowReader(table, table.roles(columns), notes)
    for row in table.rows:
        reader.row(row)
    return reader.taken


@dataclass
class _RowReader:
    """A reader of one table, whose columns have `roles`, from the top down."""

    table: RowTable
    roles: tuple[str, ...]
    notes: Notes
    area: str = ""
    group: str = ""
    taken: list[PlacedEntry] = field(default_factory=list)

    def row(self, row: RecordRow) -> None:
        """Take one row: an item, more of the item above, or the name of those below."""
        cells = RowCells(self.table.names, self.roles, tuple(cell.strip() for cell in row.cells))
        if cells.is_blank:
            return
        if repeated := cells.repeated:
            other = [at for at in cells.filled if at not in repeated]
            if other:
                self.area, self.group = bare_text(cells.cells[other[0]]), ""
        elif self.is_introduction(cells):
            self.place(cells)
            said = [*cells.many("text"), *(f"{name}: {cell}" for name, cell in cells.details())]
            self.taken.append(PlacedEntry(self.area, self.group, OutlineText("\n\n".join(said), row.line)))
        elif self.is_heading(cells):
            self.area, self.group = " ".join(bare_text(cells.cells[at]) for at in cells.filled), ""
        else:
            self.item(cells, row.line)

    def is_introduction(self, cells: RowCells) -> bool:
        """Return whether a row without a title says something about an area or a group that begins with it."""
        area, group = cells.prefixed("area"), cells.prefixed("group")
        if cells.one("title") or not cells.one("text") or not (area or group):
            return False
        return not self.taken or (area or self.area, group) != self.taken[-1][:2]

    def is_heading(self, cells: RowCells) -> bool:
        """Return whether a row names the area of those below: it is alone in it, or bold where others are not."""
        filled, width = cells.filled, len(self.table.names)
        bold = [at for at in filled if cells.cells[at].startswith("**") and cells.cells[at].endswith("**")]
        role = self.roles[filled[0]]
        if len(filled) == 1 and width > 2 and role not in ("text", "guide"):
            return role != "title" or bool(bold) or not self.has_many_bare_titles
        return len(bold) == len(filled) < width and self.has_other_than_bold

    @cached_property
    def has_many_bare_titles(self) -> bool:
        """Return whether so many rows hold a title alone that these are items without more."""
        alone = sum(1 for row in self.table.rows if sum(1 for cell in row.cells if cell.strip()) == 1)
        return alone * 2 > len(self.table.rows)

    @cached_property
    def has_other_than_bold(self) -> bool:
        """Return whether there are rows in which something is not bold."""
        return any(cell.strip() and not cell.strip().startswith("**") for row in self.table.rows for cell in row.cells)

    def item(self, cells: RowCells, line: int) -> None:
        """Take a row as an item; without a title, it goes on with the item above it, as below merged cells."""
        self.place(cells)
        if title := cells.one("title"):
            column = self.table.columns[self.roles.index("title")]
            self.taken.append(PlacedEntry(self.area, self.group, _entry(cells, title, line, column)))
        elif self.taken and isinstance(above := self.taken[-1].entry, OutlineEntry):
            self.taken[-1] = self.taken[-1]._replace(entry=_with_more(above, cells))
        else:
            what = ", ".join(f"`{cells.cells[at][:40]}`" for at in cells.filled[:3])
            self.notes.left_out("rows without a title", line, detail=what)

    def place(self, cells: RowCells) -> None:
        """Go on in the area and the group that a row names."""
        area, group = cells.prefixed("area"), cells.prefixed("group")
        self.area, self.group = area or self.area, group or ("" if area else self.group)


def _entry(cells: RowCells, title: str, line: int, column: int) -> OutlineEntry:
    """Return the item in a row."""
    titled = read_title(title.replace("\n", " "))
    attributes = cells.attributes().under(titled)
    return OutlineEntry(
        title=titled.text or plain_word(title) or title[:80],
        line=line,
        column=column,
        is_task=True,
        status=cells.status(),
        text=attributes.text,
        traits=attributes.traits,
    )


def _with_more(entry: OutlineEntry, cells: RowCells) -> OutlineEntry:
    """Return `entry` with what a row below it says without a title; what it says otherwise goes into the guide."""
    more, own = cells.attributes(), entry.traits
    words = {role: getattr(own, role) or getattr(more.traits, role) for role in _WORDS}
    other = [role for role in _WORDS if getattr(more.traits, role) not in ("", words[role])]
    if cells.status() not in (None, entry.status):
        other.append("status")
    traits = replace(
        own,
        **words,
        tags=tuple(dict.fromkeys(own.tags + more.traits.tags)),
        maps=tuple(dict.fromkeys(own.maps + more.traits.maps)),
        links=own.links + more.traits.links,
        details=(*own.details, *more.traits.details, *(cells.named(role) for role in other)),
    )
    return replace(entry, text="\n\n".join(filter(None, (entry.text, more.text))), traits=traits)


def sections_of(taken: Sequence[PlacedEntry], *, title: str) -> tuple[OutlineSection, ...]:
    """Return items as sections, one for each area, with their groups; `title` names the area of those without one."""
    areas: dict[str, dict[str, list[OutlineEntry | OutlineText]]] = {}
    for area, group, entry in taken:
        areas.setdefault(area or title, {}).setdefault(group, []).append(entry)
    return tuple(
        replace(
            _section(area, groups.get("", ()), line=min(content[0].line for content in groups.values())),
            sections=tuple(
                _section(group, content, line=content[0].line) for group, content in groups.items() if group
            ),
        )
        for area, groups in areas.items()
    )


def _section(title: str, content: Sequence[OutlineEntry | OutlineText], *, line: int) -> OutlineSection:
    """Return a section of the items in `content`, behind the texts in it."""
    return OutlineSection(
        title,
        line,
        1,
        before=tuple(each for each in content if isinstance(each, OutlineText)),
        entries=tuple(each for each in content if isinstance(each, OutlineEntry)),
    )
