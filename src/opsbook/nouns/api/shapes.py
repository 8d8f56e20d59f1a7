"""Put a Schema Object of OpenAPI 3.0 or 3.1 into the words and fields that a page shows.

A reference to a named schema becomes a link, and its fields are shown only where the schema itself is shown, so that a
schema that contains itself comes to an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from opsbook.nouns.api.model import Field, Piece, Shape
from opsbook.nouns.api.notes import listed, notes, schema_examples
from opsbook.nouns.api.pointers import resolve_pointer
from opsbook.nouns.api.values import Json
from opsbook.site.words import N_

_NAMED = re.compile(r"#/components/schemas/([^/]+)$")
_CHOICES = {"oneOf": N_("one of"), "anyOf": N_("any of")}
MOST_FOLLOWED = 5_000
"""How many references into the middle of a schema are shown with their fields; each could contain two more."""
DEEPEST_JOINED = 50
"""How many schemas may take over fields from one another through `allOf`; beyond that, the parts are only named."""
MOST_JOINED = 20_000
"""How many fields are shown where `allOf` takes them over, since each schema of a chain could take over all before it.

Beyond that, the parts are only named, with links to them.
"""
ANYTHING = Shape((Piece(N_("anything"), is_word=True),))


class Shapes:
    """A translator of the schemas of one description into words."""

    def __init__(self, root: Json) -> None:
        self.root = root
        self.followed = self.joined = 0
        self.merged: dict[int, Mapping[str, Any]] = {}

    def whole(self, schema: Json) -> Shape:
        """Return `schema` with its fields, even where it is a reference."""
        shape, target = self.shape(schema), self._target(schema)
        if target is None:
            return shape
        inside = self.shape(target)
        return replace(inside, pieces=shape.pieces, description=shape.description or inside.description)

    def shape(self, schema: Json, seen: tuple[str, ...] = ()) -> Shape:
        """Return `schema` in words; a reference to a named schema is only that schema's name."""
        if not isinstance(schema, dict):
            return ANYTHING if schema is not False else Shape((Piece(N_("nothing"), is_word=True),))
        reference = schema.get("$ref")
        if isinstance(reference, str):
            self.followed += 1
            if _NAMED.match(reference) or reference in seen or self.followed > MOST_FOLLOWED:
                return Shape(self._pieces(schema), description=_text(schema.get("description")))
            return self.shape(resolve_pointer(self.root, reference), (*seen, reference))
        schema = self._merged(schema)
        return Shape(
            pieces=self._pieces(schema),
            description=_text(schema.get("description")),
            notes=tuple(notes(schema)),
            fields=self._fields(schema, seen),
            choice=next((word for key, word in _CHOICES.items() if key in schema), ""),
            options=tuple(self.shape(each, seen) for each in listed(schema, "oneOf") or listed(schema, "anyOf")),
            examples=tuple(schema_examples(schema)),
            is_deprecated=schema.get("deprecated") is True,
        )

    def _target(self, schema: Json) -> Json | None:
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        return resolve_pointer(self.root, reference) if isinstance(reference, str) else None

    def _merged(self, schema: Mapping[str, Any], depth: int = 0) -> Mapping[str, Any]:
        """Return `schema` with the fields of every schema that its `allOf` names."""
        if not (parts := listed(schema, "allOf")):
            return schema
        if id(schema) in self.merged:  # Also where it is a part of itself, which adds nothing to it.
            return self.merged[id(schema)]
        if self.joined > MOST_JOINED or depth > DEEPEST_JOINED:
            return schema
        self.merged[id(schema)] = {}
        merged: dict[str, Any] = {"properties": {}, "required": []}
        for part in (*parts, {key: value for key, value in schema.items() if key != "allOf"}):
            whole = self._target(part) or part
            whole = self._merged(whole, depth + 1) if isinstance(whole, dict) else {}
            for key, value in whole.items():
                if key == "properties" and isinstance(value, dict):
                    merged[key] |= value
                elif key == "required" and isinstance(value, list):
                    merged[key] += value
                else:
                    merged[key] = value
        self.joined += len(merged["properties"]) + len(merged["required"])
        self.merged[id(schema)] = {**merged, "allOf": parts}
        return self.merged[id(schema)]

    def _fields(self, schema: Mapping[str, Any], seen: tuple[str, ...]) -> tuple[Field, ...]:
        """Return the fields of an object, or of the objects in a list."""
        items = schema.get("items")
        if isinstance(items, dict) and not isinstance(schema.get("properties"), dict):
            return self.shape(items, seen).fields
        required = schema.get("required")
        needed = set(map(str, required)) if isinstance(required, list) else set()
        properties = schema.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        self.followed += len(properties) if seen else 0
        return tuple(
            Field(name, self.shape(each, seen), is_required=name in needed) for name, each in properties.items()
        )

    def _pieces(self, schema: Json) -> tuple[Piece, ...]:
        """Return the name of the type in pieces."""
        if not isinstance(schema, dict):
            return ANYTHING.pieces
        if isinstance(reference := schema.get("$ref"), str):
            named = _NAMED.match(reference)
            return (Piece(named[1], named[1]),) if named else (Piece(reference.rpartition("/")[2]),)
        names = [part for part in listed(schema, "allOf") if isinstance(part, dict) and "$ref" in part]
        if names:
            return _joined((self._pieces(part) for part in names), N_(" with "))
        kinds = schema.get("type")
        kinds = list(kinds) if isinstance(kinds, list) else [kinds] if kinds else _implied(schema)
        if schema.get("nullable") is True:
            kinds.append("null")
        return _joined((self._kind(str(kind), schema) for kind in kinds), N_(" or "))

    def _kind(self, kind: str, schema: Mapping[str, Any]) -> Iterator[Piece]:
        values = schema.get("additionalProperties")
        if kind == "array":
            yield Piece(N_("list of "), is_word=True)
            yield from self._pieces(schema.get("items", {}))
        elif kind == "object" and isinstance(values, dict) and not schema.get("properties"):
            yield Piece(N_("mapping to "), is_word=True)
            yield from self._pieces(values)
        else:
            shown = f"{kind} ({schema['format']})" if "format" in schema and kind != "null" else kind
            yield Piece(shown, is_word=kind == "anything")


def _implied(schema: Mapping[str, Any]) -> list[str]:
    """Return the types of a schema that names none."""
    if "properties" in schema or "additionalProperties" in schema:
        return ["object"]
    return (
        ["array"]
        if "items" in schema
        else [""]
        if any(key in schema for key in (*_CHOICES, "enum", "const"))
        else ["anything"]
    )


def _joined(groups: Iterator[Any], between: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for group in groups:
        pieces += [Piece(between, is_word=True), *group] if pieces else group
    return tuple(pieces)


def _text(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""
