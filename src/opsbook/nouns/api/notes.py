"""Put the constraints and examples of a schema into words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from opsbook.nouns.api.model import Constraint, Example
from opsbook.nouns.api.values import Json
from opsbook.site.words import N_

_LIMITS = {
    "minimum": N_("at least"),
    "exclusiveMinimum": N_("more than"),
    "maximum": N_("at most"),
    "exclusiveMaximum": N_("less than"),
    "multipleOf": N_("a multiple of"),
    "minLength": N_("characters, at least"),
    "maxLength": N_("characters, at most"),
    "minItems": N_("entries, at least"),
    "maxItems": N_("entries, at most"),
    "minProperties": N_("keys, at least"),
    "maxProperties": N_("keys, at most"),
    "pattern": N_("matches"),
    "contentEncoding": N_("encoded as"),
    "contentMediaType": N_("of the type"),
}
_FLAGS = {"readOnly": N_("only in answers"), "writeOnly": N_("only in requests"), "uniqueItems": N_("each entry once")}


def notes(schema: Mapping[str, Any]) -> Iterator[Constraint]:
    """Yield the choices, limits and other constraints of a schema."""
    if choices := listed(schema, "enum"):
        yield Constraint(N_("one of"), tuple(map(_word, choices)))
    if "const" in schema:
        yield Constraint(N_("always"), (_word(schema["const"]),))
    for key, label in _LIMITS.items():
        if key in schema and not isinstance(schema[key], bool):
            yield Constraint(label, (_word(schema[key]),))
    if "default" in schema:
        yield Constraint(N_("default"), (_word(schema["default"]),))
    for key, label in _FLAGS.items():
        if schema.get(key) is True:
            yield Constraint(label, ())
    if schema.get("additionalProperties") is False:
        yield Constraint(N_("no other keys"), ())


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
