"""Read a list of entries that each name their area, as exports of databases have them, as the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from opsbook.convert.columns import role_of
from opsbook.convert.sources.row_table import RecordRow, RowTable
from opsbook.convert.sources.tree_text import flat_text
from opsbook.source.tree import Location, Tree, YamlDocument

_ENOUGH = 0.6
"""The share of the entries that must name their area."""


def flat_table(document: YamlDocument) -> RowTable | None:
    """Return the entries of `document` as a table; None where they do not name their areas."""
    for at, entries in _lists(document.tree):
        records = [_lifted(each) for each in entries if isinstance(each, dict)]
        names = list(dict.fromkeys(key for each in records for key in each))
        areas = [name for name in names if role_of(name)[0] == "area"]
        titles = [name for name in names if role_of(name)[0] in ("title", "text")]
        if not areas or not titles or len(records) != len(entries) or _has_children(records):
            continue
        named = [each for each in records if any(isinstance(each.get(name), str) and each[name] for name in areas)]
        if len(named) >= len(records) * _ENOUGH and len(records) > 1:
            return RowTable(
                tuple(names),
                tuple(_row(document, (*at, number), each, names) for number, each in enumerate(records)),
                document.position(at).line,
                columns=(1,) * len(names),
            )
    return None


def _lists(tree: Tree) -> Sequence[tuple[Location, list[Tree]]]:
    """Return the lists that stand at the top of a tree, the longest first."""
    if isinstance(tree, list):
        return [((), tree)]
    if not isinstance(tree, dict):
        return []
    found: list[tuple[Location, list[Tree]]] = [
        ((key,), value) for key, value in tree.items() if isinstance(value, list)
    ]
    return sorted(found, key=lambda pair: -len(pair[1]))[:1]


def _has_children(records: list[dict[str, Tree]]) -> bool:
    """Return whether entries hold lists of entries, which a table has no place for."""
    return any(
        isinstance(value, list) and len(value) > 1 and all(isinstance(each, dict) and len(each) > 2 for each in value)
        for record in records
        for value in record.values()
    )


def _lifted(record: dict[str, Tree]) -> dict[str, Tree]:
    """Return `record` with the keys of each mapping that it holds alone, such as its attributes, as its own."""
    made: dict[str, Tree] = {}
    for key, value in record.items():
        inner = value[0] if isinstance(value, list) and len(value) == 1 else value
        if (
            isinstance(inner, dict)
            and not set(inner) & set(record)
            and any(role_of(name)[0] == "area" for name in inner)
        ):
            made |= inner
        else:
            made[key] = value
    return made


def _row(document: YamlDocument, at: Location, record: dict[str, Tree], names: list[str]) -> RecordRow:
    cells = []
    for name in names:
        value = record.get(name, "")
        is_plain = isinstance(value, list) and all(isinstance(each, str) for each in value)
        cells.append("\n".join(map(str, value)) if is_plain else flat_text(value))
    return RecordRow(tuple(cells), document.position(at).line)
