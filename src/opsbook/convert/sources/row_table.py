"""Hold the rows of a table below the names of their columns, wherever they stood, and say what the columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opsbook.convert.columns import guess, normal
from opsbook.convert.notes import Notes

_NEVER_REPLACED = frozenset({"guide", "skip", "tags", "maps", "links"})
"""The roles that a column keeps although another one is said to have them."""


@dataclass(frozen=True)
class RecordRow:
    """A row on a line of the file, with a cell for each column of its table."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class RowTable:
    """Rows below the names of their columns. `title` is what stands above, such as the name of a sheet."""

    names: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    line: int
    columns: tuple[int, ...]
    """The column of the file in which each cell stands, counted from 1."""
    title: str = ""

    def roles(self, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Return the role of each column as it is guessed; `chosen` says otherwise by the name of a column."""
        guessed = guess(self.names, [row.cells for row in self.rows])
        given = {normal(name): role for name, role in chosen.items()}
        replaced = set(given.values()) - _NEVER_REPLACED
        return tuple(
            given.get(normal(name), "guide" if role in replaced else role)
            for name, role in zip(self.names, guessed, strict=True)
        )


def tell_columns(tables: Iterable[RowTable], chosen: Mapping[str, str], notes: Notes) -> None:
    """Add to `notes` what the columns of `tables` were taken for; tables with the same columns are told once."""
    first_of: dict[tuple[str, ...], RowTable] = {}
    for table in tables:
        first_of.setdefault(table.names, table)
    for table in first_of.values():
        notes.guess(_described_columns(table, chosen))


def _described_columns(table: RowTable, chosen: Mapping[str, str]) -> str:
    """Return what each column of `table` was taken for, as one line."""
    roles: dict[str, list[str]] = {}
    for name, role in zip(table.names, table.roles(chosen), strict=True):
        if name:
            roles.setdefault(role, []).append(" ".join(name.split()))
    shown = [
        f"{'level' if role == 'mark' else role}={'+'.join(dict.fromkeys(names))}"
        for role, names in roles.items()
        if role != "skip"
    ]
    skipped = f"; left out: {', '.join(dict.fromkeys(roles['skip']))}" if "skip" in roles else ""
    return f"columns: {', '.join(shown)}{skipped}"
