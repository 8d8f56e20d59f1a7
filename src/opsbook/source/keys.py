"""Describe the keys of a file in words, from the JSON Schema of its model, for pages that document the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from opsbook.source.fields import SLUG_PATTERN

_PLAIN = {
    "boolean": ("true or false", "true or false"),
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "object": ("a mapping", "mappings"),
}
_FORMATS = {
    "date": ("a day, as YYYY-MM-DD", "days, each as YYYY-MM-DD"),
    "date-time": ("a time in UTC, as 2026-11-23T14:05Z", "times in UTC, each as 2026-11-23T14:05Z"),
}
_PATTERNS = {
    SLUG_PATTERN: ("an id", "ids"),
    r"^[^\n]*$": ("one line of text", "lines of text"),
    r"^[^,\n]*$": ("one line of text without a comma", "lines of text without commas"),
}
_WEB = "^https?://"


@dataclass(frozen=True)
class Key:
    """One key: its type in words, the mapping that its values are, its default in YAML, and what it means."""

    name: str
    type: str
    mapping: str | None
    """The name of the section that describes the mapping, or each mapping of the list; None where it is neither."""
    is_required: bool
    default: str | None
    """None where nothing stands for a key that is left out."""
    meaning: str


@dataclass(frozen=True)
class KeySection:
    """The keys of one kind of mapping."""

    name: str
    meaning: str
    keys: tuple[Key, ...]


def key_sections(model: type[BaseModel]) -> tuple[KeySection, ...]:
    """Return the keys of a file that holds a `model`, then those of each mapping in it, in the order of mention."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    definitions: Mapping[str, Any] = schema.pop("$defs", {})
    # A model that holds itself stands among the definitions.
    root = _name(schema) if "$ref" in schema else model.__name__
    mappings, waiting, done = {root: schema, **definitions}, [root], dict[str, KeySection]()
    while waiting:
        if (name := waiting.pop(0)) not in done:
            done[name] = _section(name, mappings[name], definitions)
            waiting += [key.mapping for key in done[name].keys if key.mapping]
    return tuple(done.values())


def _section(name: str, mapping: Mapping[str, Any], definitions: Mapping[str, Any]) -> KeySection:
    required = mapping.get("required", ())
    keys = tuple(_key(each, key, each in required, definitions) for each, key in mapping["properties"].items())
    return KeySection(name, " ".join(mapping.get("description", "").split()), keys)


def _key(name: str, schema: Mapping[str, Any], is_required: bool, definitions: Mapping[str, Any]) -> Key:
    words, _ = _words(schema, definitions)
    mapping = next((each for each in _names(schema) if "properties" in definitions[each]), None)
    meaning = " ".join(schema.get("description", "").split())
    return Key(name, words, mapping, is_required, _default(schema), meaning)


def _default(schema: Mapping[str, Any]) -> str | None:
    value = schema.get("default")
    return None if value in (None, []) else value if isinstance(value, str) else json.dumps(value)


def _words(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> tuple[str, str]:
    """Return the words for one value of `schema`, and the words for several."""
    options = _options(schema)
    if len(options) > 1:
        several = [_words(option, definitions) for option in options]
        return " or ".join(one for one, _ in several), " or ".join(many for _, many in several)
    schema = options[0]
    if "$ref" in schema:
        return _reference(_name(schema), definitions)
    kind = schema.get("type")
    if kind == "array":
        _, many = _words(schema["items"], definitions)
        return f"a list of {many}", f"lists of {many}"
    if "enum" in schema:
        return _one_of(schema["enum"])
    if kind == "string":
        return _text(schema)
    one, many = _PLAIN[kind or "object"]
    return one + (bounds := _bounds(schema)), many + bounds


def _reference(name: str, definitions: Mapping[str, Any]) -> tuple[str, str]:
    if "properties" in definitions[name]:
        return "a mapping", "mappings"
    return _words(definitions[name], definitions)


def _one_of(values: list[object]) -> tuple[str, str]:
    *others, last = (f"`{value}`" for value in values)
    words = f"{', '.join(others)} or {last}" if others else last
    return words, f"words, each {words}"


def _text(schema: Mapping[str, Any]) -> tuple[str, str]:
    pattern = str(schema.get("pattern", ""))
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    if pattern.startswith(_WEB):
        return "an http or https address", "http or https addresses"
    if pattern:
        return f"text that matches `{pattern}`", f"texts that match `{pattern}`"
    return "text", "texts"


def _bounds(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if least is not None and most is not None:
        return f" from {least} to {most}"
    said = [("of at least", least), ("of at most", most), ("above", above), ("below", below)]
    words = " and ".join(f"{word} {re.sub('[.]0$', '', str(bound))}" for word, bound in said if bound is not None)
    return f" {words}" if words else ""


def _options(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the schemas of what a value may be.

    Null is left out, since a key is left out instead; so is text beside a number, since it stands for the number.
    """
    options = [each for each in schema.get("anyOf", [schema]) if each != {"type": "null"}]
    numbers = [each for each in options if each.get("type") in ("number", "integer")]
    return numbers or options


def _names(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the definitions that a value of `schema`, or an entry of a list, may follow."""
    for option in _options(schema):
        if "$ref" in option:
            yield _name(option)
        elif isinstance(option.get("items"), Mapping):
            yield from _names(option["items"])


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rpartition("/")[2]
