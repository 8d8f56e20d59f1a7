"""A description and the official JSON Schema of its OpenAPI version in, a problem with its place for each mistake out.

The schemas are those of the OpenAPI Initiative, as openapi-spec-validator ships them. That of 3.1 leaves the Schema
Objects to the dialect of JSON Schema, which here is the plain one of 2020-12.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator
from jsonschema.protocols import Validator
from openapi_spec_validator.schemas import schema_v30, schema_v31

from opsbook.apis.forms import leaves
from opsbook.apis.mistakes import told
from opsbook.apis.values import Json
from opsbook.problems import Problem
from opsbook.source.yaml import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def official_problems(root: Json, document: Document) -> Iterator[Problem]:
    """What the schema of the version that `root` names says against it."""
    validator = _validator(root["openapi"].startswith("3.1."))
    for error in validator.iter_errors(root):
        for leaf in leaves(error):
            yield from told(leaf, validator.schema, document)


@functools.cache
def _validator(is_31: bool) -> Validator:
    if not is_31:
        return Draft4Validator(dict(schema_v30))
    schema: dict[str, Any] = copy.deepcopy(dict(schema_v31))
    schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": DIALECT}
    return Draft202012Validator(schema)
