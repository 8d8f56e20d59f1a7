"""Write values in the forms that the rest of a `checklist.yml` has: with a margin, in quotes, or on one line."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic import BaseModel


def with_margin(lines: Iterable[str], columns: int) -> str:
    """Return `lines` as a text that is moved to the right by `columns`."""
    margin = " " * columns
    return "\n".join(f"{margin}{line}" if line else "" for line in lines)


def shifted(line: str, columns: int) -> str:
    """Return `line` without its first `columns` blanks, or as many as it has."""
    return line[min(columns, len(line) - len(line.lstrip(" "))) :]


def in_single_quotes(text: str) -> str:
    """Return `text` between single quotes."""
    return "'" + text.replace("'", "''") + "'"


def flow(value: object) -> str:
    """Return `value` on one line, in the form of JSON, which is YAML too."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
