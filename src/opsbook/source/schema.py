"""Make the JSON Schema of a file from its model, for editors that complete and check while one types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


@dataclass(frozen=True)
class FileFormat:
    """A kind of file: where such files are, and the model of their keys."""

    place: str
    model: type[BaseModel]


def json_schema(model: type[BaseModel], name: str) -> Schema:
    """Return the schema (JSON Schema 2020-12) of the file `name`, which holds a `model`.

    It describes the file as an editor reads it, where `weeks: 3` is a number. The engine reads the text as written, so
    where it takes text, a number is right too; and it knows no null, so a key is either left out or has a value.
    """
    schema = model.model_json_schema(by_alias=True, mode="validation")
    definitions = {key: _plain(definition) for key, definition in sorted(schema.pop("$defs", {}).items())}
    return {"$schema": DIALECT, **_plain(schema), "title": name, "$defs": definitions}


def schema_text(model: type[BaseModel], name: str) -> str:
    """Return the schema as the text of its file."""
    return json.dumps(json_schema(model, name), indent=2, ensure_ascii=False) + "\n"


def _plain(schema: Schema) -> Schema:
    """Return `schema` without what only pydantic needs: made-up titles, nulls, defaults."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **options[0]}
    plain = {key: value for key, value in schema.items() if key not in ("title", "default")}
    if "properties" in plain:
        plain["properties"] = {name: _plain(value) for name, value in plain["properties"].items()}
    if isinstance(plain.get("items"), dict):
        plain["items"] = _plain(plain["items"])
    is_address = str(plain.get("pattern", "")).startswith("^https?:")
    if plain.get("type") == "string" and not is_address and not {"enum", "format"} & set(plain):
        plain["type"] = ["string", "number"]
    if "description" in plain:
        plain["description"] = " ".join(plain["description"].split())
    return plain
