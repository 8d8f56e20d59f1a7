"""Check Kubernetes manifests against the schemas of the API server.

The schemas come with `kubernetes-validate`. What belongs to a group that Kubernetes itself does not serve is a custom
resource, of which there is no schema here.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import Any

from opsbook.problems import Problem, did_you_mean
from opsbook.snippets.kubernetes_forms import quantity
from opsbook.snippets.kubernetes_objects import object_problems
from opsbook.snippets.kubernetes_values import value_faults
from opsbook.snippets.schemas import schema_problems, shape_problems
from opsbook.snippets.tools import package
from opsbook.snippets.yaml_tree import Path, SnippetDocument

VERSION = "1.35.0"
"""The version of Kubernetes whose schemas are used: that of the example platform."""


def is_manifest(document: SnippetDocument) -> bool:
    """Return whether the document is an object of a Kubernetes API."""
    value = document.value
    return isinstance(value, dict) and isinstance(value.get("apiVersion"), str) and isinstance(value.get("kind"), str)


def check_manifests(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what does not fit its schema. The items of a `List` are judged one by one."""
    for document in documents:
        found = list(_check(document, (), schema_problems))
        yield from found
        told = {(problem.line, problem.column) for problem in found}
        yield from (each for each in _check(document, (), _values) if (each.line, each.column) not in told)


def check_shapes(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what does not fit its schema in templates without their actions, except what is missing there."""
    for document in documents:
        yield from _check(document, (), shape_problems)


def _check(document: SnippetDocument, at: Path, judge: Callable[..., Iterator[Problem]]) -> Iterator[Problem]:
    value = document.at(at)
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        return
    kind, version = str(value["kind"]), str(value.get("apiVersion"))
    if kind == "List" and isinstance(value.get("items"), list):
        for index in range(len(value["items"])):
            yield from _check(document, (*at, "items", index), judge)
        return
    kinds = _kinds()
    if version not in kinds:
        if _group(version) in {_group(each) for each in kinds}:
            message = f"Kubernetes {VERSION} serves no `{version}`; {did_you_mean(version, kinds)}"
            yield document.problem((*at, "apiVersion"), message)
    elif kind not in kinds[version]:
        message = f"`{version}` has no kind `{kind}`; {did_you_mean(kind, kinds[version])}"
        yield document.problem((*at, "kind"), message)
    else:
        yield from judge(document, _validator(kinds[version][kind]), at=at)


def _values(document: SnippetDocument, validator: Any, *, at: Path) -> Iterator[Problem]:
    """Yield the values of an object that the API server refuses, though they fit the schema."""
    name = validator.schema["$ref"].rpartition("/")[2]
    yield from _in_definition(document, name, at)
    yield from object_problems(document, at)


def _in_definition(document: SnippetDocument, name: str, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the fields of the value at `at`, which the definition `name` describes."""
    value, definition = document.at(at), _definitions()["$defs"][name]
    if not isinstance(value, dict):
        return
    for key, inside in value.items():
        schema = definition.get("properties", {}).get(key)
        if schema is None or inside is None:
            continue
        for below, message in value_faults(f"{name.rpartition('.')[2]}.{key}", inside):
            yield document.problem((*at, key, *below), message)
        yield from _in_schema(document, schema, (*at, key))


def _in_schema(document: SnippetDocument, schema: Mapping[str, Any], at: Path) -> Iterator[Problem]:
    value = document.at(at)
    for part in (schema, *schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        name = str(part.get("$ref", "")).rpartition("/")[2]
        if name.endswith(".Quantity"):
            if message := quantity(value):
                yield document.problem(at, message)
        elif name:
            yield from _in_definition(document, name, at)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index in range(len(value)):
            yield from _in_schema(document, schema["items"], (*at, index))
    if isinstance(value, dict) and isinstance(schema.get("additionalProperties"), dict):
        for key in value:
            yield from _in_schema(document, schema["additionalProperties"], (*at, key))


def _group(version: str) -> str:
    return version.rpartition("/")[0]


@functools.cache
def _folder() -> File:
    module = package("kubernetes_validate")
    return File(str(module.__file__)).parent / "kubernetes-json-schema" / f"v{VERSION}-local-strict"


@functools.cache
def _definitions() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads((_folder() / "_definitions.json").read_text("utf-8"))
    return loaded


@functools.cache
def _kinds() -> Mapping[str, Mapping[str, str]]:
    """Return the kinds of each API version, with the name of the definition of each."""
    found: dict[str, dict[str, str]] = {}
    for name, definition in _definitions()["$defs"].items():
        for each in definition.get("x-kubernetes-group-version-kind", ()):
            version = f"{each['group']}/{each['version']}" if each["group"] else each["version"]
            # Options that go with a request (DeleteOptions) claim to belong to every group.
            if re.search(r"Options$|^(APIGroup|APIVersions|WatchEvent|Status)", each["kind"]) is None:
                found.setdefault(version, {})[each["kind"]] = name
    return found


@functools.cache
def _validator(name: str) -> Any:
    registry = package("referencing").Registry()
    resource = package("referencing.jsonschema").DRAFT202012.create_resource(_definitions())
    registry = registry.with_resource(_definitions()["$id"], resource)
    schema = {"$ref": f"{_definitions()['$id']}#/$defs/{name}"}
    return package("jsonschema.validators").Draft202012Validator(schema, registry=registry)
