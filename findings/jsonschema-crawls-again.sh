#!/usr/bin/env bash
# jsonschema 4.26.0 with referencing 0.37.0, Python 3.11
#
# A schema whose references lead into parts of itself that have an `$id` is read through again and again while one
# document is validated: its registry is asked for each part anew, and what it found is not kept.
#
# Expected: one document is validated with a number of readings that does not depend on the document.
# Seen:     the number of readings grows with the number of entries in the document. With a registry that was crawled
#           beforehand there is none at all. The schema of OpenAPI 3.1 is of this form, so a long description of an
#           interface takes many times as long to check as it has to.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.26.0 referencing==0.37.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import referencing
from jsonschema import Draft202012Validator
from referencing.jsonschema import DRAFT202012

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://e.example/root",
    "type": "array",
    "items": {"$ref": "#/$defs/entry"},
    "$defs": {"entry": {"$ref": "https://e.example/part"}, "part": {"$id": "https://e.example/part", "type": "integer"}},
}

readings = 0
crawl = referencing.Registry.crawl


def counted(self):
    global readings
    readings += bool(self._uncrawled)
    return crawl(self)


referencing.Registry.crawl = counted


def readings_for(entries, validator):
    global readings
    readings = 0
    assert not list(validator.iter_errors(list(range(entries))))
    return readings


few, many = (readings_for(entries, Draft202012Validator(SCHEMA)) for entries in (10, 100))
registry = referencing.Registry().with_resource(SCHEMA["$id"], DRAFT202012.create_resource(SCHEMA))
registry = crawl(registry)
ready = readings_for(100, Draft202012Validator({"$ref": SCHEMA["$id"]}, registry=registry))
print(f"readings of the schema: {few} for 10 entries, {many} for 100; with a crawled registry {ready} for 100")
sys.exit(0 if many >= 10 * ready + 10 and many > few + 50 and ready <= 1 else 1)
PYTHON
