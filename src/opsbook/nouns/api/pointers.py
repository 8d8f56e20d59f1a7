"""Find the references of a description, such as `#/components/schemas/Order`, and resolve them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from opsbook.nouns.api.values import Json
from opsbook.source.tree import Location

NAMED = frozenset(
    {
        "properties",
        "patternProperties",
        "$defs",
        "dependentSchemas",
        "schemas",
        "responses",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "content",
        "paths",
        "webhooks",
        "variables",
        "encoding",
        "mapping",
        "scopes",
    }
)
"""Keywords whose mappings have names as keys, so that what looks like a keyword in them is none."""
MOST_LINKS = 100
"""How many references may be followed in a row before one reaches its target."""
_DATA = frozenset({"example", "default", "enum", "const", "value"})


class DeadReferenceError(Exception):
    """A reference that leads nowhere, or around in a circle."""


class LongReferenceError(DeadReferenceError):
    """A reference that leads through more than MOST_LINKS others."""


def parts(reference: str) -> tuple[str, ...]:
    """Return the keys that a local reference names (RFC 6901).

    >>> parts("#/paths/~1carts~1%7Bid%7D/get")
    ('paths', '/carts/{id}', 'get')
    """
    return tuple(unquote(part).replace("~1", "/").replace("~0", "~") for part in reference.split("/")[1:])


def resolve_pointer(root: Json, reference: str) -> Json:
    """Return what `reference` leads to in `root`, through references on the way. Raises DeadReferenceError."""
    seen: set[str] = set()
    while True:
        if len(seen) > MOST_LINKS:
            raise LongReferenceError(reference)
        if reference in seen or not (reference == "#" or reference.startswith("#/")):
            raise DeadReferenceError(reference)
        seen.add(reference)
        found = _walk(root, parts(reference), reference)
        onward = found.get("$ref") if isinstance(found, dict) else None
        if not isinstance(onward, str) or len(found) > 1:
            return found
        reference = onward


def followed(root: Json, value: Json) -> Json:
    """Return `value`, or what it leads to where it is a reference."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    return resolve_pointer(root, reference) if isinstance(reference, str) else value


def references(value: Json, at: Location = (), *, named: bool = False) -> Iterator[tuple[Location, str]]:
    """Yield every reference below `value`, with its place. Examples and defaults are data, and have none."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from references(each, (*at, index))
    if not isinstance(value, dict):
        return
    for key, each in value.items():
        if not named and (key in _DATA or key.startswith("x-") or (key == "examples" and isinstance(each, list))):
            continue
        if not named and key == "$ref" and isinstance(each, str):
            yield (*at, key), each
        is_map = key in NAMED or (key in ("parameters", "examples") and at == ("components",))
        yield from references(each, (*at, key), named=is_map and not named)


def is_data(reference: str) -> bool:
    """Return whether a local reference leads into an example, a default or an extension, where nothing is checked.

    >>> is_data("#/components/schemas/A/default"), is_data("#/components/schemas/default")
    (True, False)
    """
    named = False
    for key in parts(reference):
        if not named and (key in _DATA or key == "examples" or key.startswith("x-")):
            return True
        named = key in NAMED and not named
    return False


def _walk(value: Json, keys: tuple[str, ...], reference: str) -> Json:
    for key in keys:
        if isinstance(value, list) and key.isdecimal() and len(key) < 10 and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            raise DeadReferenceError(reference)
    return value
