"""Validate a description against the official JSON Schema of its OpenAPI version.

The schemas are those of the OpenAPI Initiative, as openapi-spec-validator ships them; they are read as files, since its
own code takes longer to import than to do its work. Those of 3.1 and 3.2 leave the Schema Objects to the dialect
of JSON Schema, which here is the plain one of 2020-12.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from opsbook.nouns.api.forms import leaves
from opsbook.nouns.api.mistakes import validation_problems
from opsbook.nouns.api.values import Json
from opsbook.problems import MOST_TOLD, Problem
from opsbook.source.tree import YamlDocument

Found = Iterator[ValidationError]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def official_problems(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each place where the schema of the version that `root` names is violated."""
    validator, schema = _validator(root["openapi"][:3])
    for error in validator.iter_errors(root):
        found = [problem for leaf in leaves(error) for problem in validation_problems(leaf, schema, document)]
        # No error may be lost: a file that does not fit must never be taken for one that does.
        yield from found or [document.problem(tuple(error.absolute_path), "this does not fit the schema of OpenAPI")]


@functools.cache
def _validator(version: str) -> tuple[Validator, dict[str, Any]]:
    """Return a validator of the schema, and the schema.

    `Validator.__attrs_post_init__` (jsonschema 4.26.0) adds the schema that it is made of to its registry unread, and
    reads all of it again at each reference that it cannot find. So it is made of a reference to one that was read.
    """
    schema = _schema(version)
    if version == "3.0":
        return _bounded(Draft4Validator)(schema), schema
    schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": DIALECT}
    registry = (DRAFT202012.create_resource(schema) @ Registry()).crawl()
    return _bounded(Draft202012Validator)({"$ref": schema["$id"]}, registry=registry), schema


def _bounded(validator: type[Validator]) -> type[Validator]:
    """Return `validator` with a limit to what it finds in a value that fits none of several forms.

    `oneOf` and `anyOf` of jsonschema 4.26.0 (`_keywords.py`) collect every mistake below the value before they tell the
    first one, which took 1.1 GB for the numbers of a list of 60 KB.
    """
    bounded: type[Validator] = extend(validator, {"oneOf": _one_of, "anyOf": _any_of, "uniqueItems": _unique})  # type: ignore[no-untyped-call]
    return bounded


def _unique(_validator: Validator, wanted: bool, instance: Json, _schema: Json) -> Found:
    """Check `uniqueItems` by comparing texts.

    jsonschema compares each entry with all others where they cannot be sorted.
    """
    if wanted and isinstance(instance, list):
        texts = {json.dumps(each, sort_keys=True, default=str) for each in instance}
        if len(texts) < len(instance):
            yield ValidationError("holds an entry twice")


def _any_of(validator: Any, forms: list[Any], instance: Json, _schema: Json) -> Found:
    context: list[ValidationError] = []
    for index, form in enumerate(forms):
        found = list(itertools.islice(validator.descend(instance, form, schema_path=index), MOST_TOLD + 1))
        if not found:
            return
        context += found
    yield ValidationError("fits none of the forms", context=context)


def _one_of(validator: Validator, forms: list[Any], instance: Json, schema: Json) -> Found:
    found = list(_any_of(validator, forms, instance, schema))
    yield from found
    if not found and sum(validator.evolve(schema=form).is_valid(instance) for form in forms) > 1:
        yield ValidationError("fits more than one of the forms")


def _schema(version: str) -> dict[str, Any]:
    # https://github.com/python-openapi/openapi-spec-validator/tree/0.9.0/openapi_spec_validator/resources/schemas
    # `openapi_spec_validator.schemas` gives the same as an object that is made of all versions when it is imported,
    # together with the whole validator.
    file = f"openapi_spec_validator/resources/schemas/v{version}/schema.json"
    path = Path(str(distribution("openapi-spec-validator").locate_file(file)))
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema
