"""Write a checklist as the text of `checklist.yml`, in the style in which people write it by hand.

The keys are those of the models, so a new field is written without a change here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from pydantic import BaseModel

from opsbook.convert.scalars import block, write_scalar
from opsbook.nouns.checklist.model import Checklist

SCHEMA_LINE = "# yaml-language-server: $schema=checklist.schema.json"

APART = "areas"
"""The list whose entries have a blank line between them."""

FIGURES = frozenset({"weeks"})
"""The keys of texts that are a number or a range of numbers, which nobody puts into quotes."""


def to_yaml(checklist: Checklist) -> str:
    """Return the text of `checklist.yml`: the schema's line, then the keys in the order of the model.

    Keys whose value is the default are left out. Parsing the text gives a checklist that is equal to `checklist`.
    """
    lines = [SCHEMA_LINE]
    for key, value in _written(checklist):
        is_list = isinstance(value, tuple) and any(isinstance(each, BaseModel) for each in value)
        lines += [*([""] if is_list else []), *_lines(key, value)]
    return "\n".join(lines) + "\n"


def field_lines(key: str, value: object) -> Iterator[str]:
    """Yield the lines of one key with its value, as `to_yaml` writes them at the beginning of a line."""
    yield from _lines(key, value)


def entry_lines(model: BaseModel) -> Iterator[str]:
    """Yield the lines of `model` as an entry of a list whose dash stands at the beginning of a line."""
    for line in _entry(_mapping(model)):
        yield line.removeprefix("  ")


def _written(model: BaseModel) -> Iterator[tuple[str, object]]:
    """Yield the key and the value of each field of `model` that has another value than its default."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            yield field.alias or name, value


def _mapping(model: BaseModel) -> Iterator[str]:
    for key, value in _written(model):
        yield from _lines(key, value)


def _lines(key: str, value: object) -> Iterator[str]:
    """Yield the lines of `key` and `value`. Raises TypeError for a value of a type that has no form in YAML here."""
    match value:
        case BaseModel():
            yield f"{key}:"
            yield from _indented(_mapping(value), "  ")
        case tuple():
            yield from _list(key, value)
        case str():
            yield from f"{key}: {value if key in FIGURES else block(value, 2)}".split("\n")
        case _:
            yield f"{key}: {_scalar(value)}"


def _list(key: str, values: Sequence[object]) -> Iterator[str]:
    """Yield the lines of a list: entries below each other, or, where each is one line of text, between brackets."""
    if not any(isinstance(each, BaseModel) or "\n" in str(each) for each in values):
        yield f"{key}: [{', '.join(_in_brackets(each) for each in values)}]"
        return
    yield f"{key}:"
    for number, each in enumerate(values):
        if number and key == APART:
            yield ""
        lines = _mapping(each) if isinstance(each, BaseModel) else block(str(each), 2).split("\n")
        yield from _entry(lines)


def _in_brackets(value: object) -> str:
    """Return one value of a list between brackets, in which a comma would end it."""
    text = _scalar(value)
    return f"'{text}'" if "," in text and not text.startswith("'") else text


def _scalar(value: object) -> str:
    match value:
        case str():
            return write_scalar(value)
        case Enum():
            return _scalar(value.value)
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case int() | float() | Decimal():
            return str(value)
    raise TypeError(f"a {type(value).__name__} has no form in YAML")


def _entry(lines: Iterable[str]) -> Iterator[str]:
    """Yield `lines`, which are the keys of one mapping or one text, as an entry of a list."""
    for number, line in enumerate(lines):
        yield (f"    {line}" if number else f"  - {line}") if line else ""


def _indented(lines: Iterable[str], margin: str) -> Iterator[str]:
    yield from (f"{margin}{line}" if line else "" for line in lines)
