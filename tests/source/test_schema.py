from __future__ import annotations

from typing import Any

from opsbook.nouns.checklist.model import Checklist
from opsbook.source.schema import json_schema, schema_text


def test_every_mapping_is_closed_and_every_key_is_explained() -> None:
    schema = json_schema(Checklist, "checklist.yml")
    mappings = [schema, *(mapping for mapping in schema["$defs"].values() if "properties" in mapping)]
    assert len(mappings) == 13
    for mapping in mappings:
        assert mapping["additionalProperties"] is False
        assert [name for name, key in mapping["properties"].items() if not key.get("description")] == []


def test_keys_have_the_names_of_the_file_and_no_nulls() -> None:
    schema = json_schema(Checklist, "checklist.yml")
    assert "status" in schema["$defs"]["Item"]["properties"]
    assert "written" not in schema["$defs"]["Item"]["properties"]
    assert "null" not in schema_text(Checklist, "checklist.yml")


def test_a_number_is_right_where_the_engine_takes_text() -> None:
    definitions: dict[str, Any] = json_schema(Checklist, "checklist.yml")["$defs"]
    assert definitions["Phase"]["properties"]["weeks"]["type"] == ["string", "number"]
    assert definitions["Item"]["properties"]["title"]["type"] == ["string", "number"]
    assert definitions["ItemWaiver"]["properties"]["until"] == {
        "description": "The last day on which the waiver holds, as YYYY-MM-DD.",
        "format": "date",
        "type": "string",
    }
