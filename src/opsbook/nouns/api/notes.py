"""Put the constraints and examples of a schema into words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from opsbook.nouns.api.model import Constraint, Example
from opsbook.nouns.api.values import Json

_LIMITS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
    "multipleOf": "a multiple of",
    "minLength": "characters, at least",
    "maxLength": "characters, at most",
    "minItems": "entries, at least",
    "maxItems": "entries, at most",
    "minProperties": "keys, at least",
    "maxProperties": "keys, at most",
    "pattern": "matches",
    "contentEncoding": "encoded as",
    "contentMediaType": "of the type",
}
_FLAGS = {"readOnly": "only in answers", "writeOnly": "only in requests", "uniqueItems": "each entry once"}


def notes(schema: Mapping[str, Any]) -> Iterator[Constraint]:
    """Yield the choices, limits and other constraints of a schema."""
    if choices := listed(schema, "enum"):
        yield Constraint("one of", tuple(map(_word, choices)))
    if "const" in schema:
        yield Constraint("always", (_word(schema["const"]),))
    for key, label in _LIMITS.items():
        if key in schema and not isinstance(schema[key], bool):
            yield Constraint(label, (_word(schema[key]),))
    if "default" in schema:
        yield Constraint("default", (_word(schema["default"]),))
    for key, label in _FLAGS.items():
        if schema.get(key) is True:
            yield Constraint(label, ())
    if schema.get("additionalProperties") is False:
        yield Constraint("no other keys", ())


def schema_examples(schema: Mapping[str, Any]) -> Iterator[Example]:
    """Yield the examples that a schema itself gives."""
    for value in [schema["example"]] if "example" in schema else listed(schema, "examples"):
        yield example("", value)


def example(title: str, value: Json) -> Example:
    """Return `value` as an example: a text as it is, anything else as JSON."""
    if isinstance(value, str):
        return Example(title, value, "text")
    return Example(title, json.dumps(value, indent=2, ensure_ascii=False), "json")


def listed(schema: Mapping[str, Any], key: str) -> list[Json]:
    """Return the list at `key`; an empty one where there is none."""
    value = schema.get(key)
    return value if isinstance(value, list) else []


def _word(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
