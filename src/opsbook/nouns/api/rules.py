"""Check what the official schema of OpenAPI cannot: references, operation ids, path parameters, security schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from opsbook.nouns.api.pointers import (
    MOST_LINKS,
    DeadReferenceError,
    LongReferenceError,
    followed,
    is_data,
    parts,
    references,
    resolve_pointer,
)
from opsbook.nouns.api.values import Json
from opsbook.problems import Problem, did_you_mean
from opsbook.source.tree import Location, YamlDocument, short

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_SECTIONS = {
    "parameters": "parameters",
    "responses": "responses",
    "requestBody": "requestBodies",
    "requestBodies": "requestBodies",
    "headers": "headers",
    "examples": "examples",
    "links": "links",
    "content": "mediaTypes",
    "mediaTypes": "mediaTypes",
    "callbacks": "callbacks",
    "securitySchemes": "securitySchemes",
    "pathItems": "pathItems",
}
"""The part of `components` that a reference below each key must lead to; below any other key it is `schemas`."""


def pointer_problems(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each reference to another file or host, to nothing, or to a component of another kind."""
    for at, reference in references(root):
        if message := _fault(root, at, reference):
            yield document.problem(at, message)


def _fault(root: Json, at: Location, reference: str) -> str | None:
    shown, section = short(reference), _section(at)
    if not reference.startswith("#"):
        example = f"such as `#/components/{section}/Name`"
        return f"`{shown}` is outside of this file; allowed: a reference within it, {example}"
    try:
        resolve_pointer(root, reference)
    except LongReferenceError:
        return f"`{shown}` leads on through more than {MOST_LINKS} references; write the one that is meant"
    except DeadReferenceError:
        return f"`{shown}` leads nowhere; {did_you_mean(reference, _targets(root, section))}"
    if section == "schemas" and (is_data(reference) or ("schemas" not in reference and "/schema" not in reference)):
        return f"`{shown}` is no schema; {did_you_mean(reference, _targets(root, section))}"
    if section != "schemas" and (len(parts(reference)) != 3 or not reference.startswith(f"#/components/{section}/")):
        if section == "pathItems" and reference.startswith("#/paths/~1") and len(parts(reference)) == 2:
            return None
        return f"`{shown}` is of another kind; {did_you_mean(reference, _targets(root, section))}"
    return None


def _section(at: Location) -> str:
    """Return the part of `components` that a reference at `at` must lead to."""
    if len(at) == 3 and at[0] in ("paths", "webhooks"):
        return "pathItems"
    if at[:2] == ("components", "schemas") or "schema" in at or "properties" in at:
        return "schemas"
    key = "requestBody" if at[-2:-1] == ("requestBody",) else str(at[-3]) if len(at) > 2 else ""
    return _SECTIONS.get(key, "schemas")


def _targets(root: Json, section: str) -> list[str]:
    components = root.get("components")
    names = components.get(section) if isinstance(components, dict) else None
    return [f"#/components/{section}/{name}" for name in names] if isinstance(names, dict) else []


def path_items(root: Json) -> Iterator[tuple[str, Location, Mapping[str, Json]]]:
    """Yield every path with its place and what it holds."""
    for path, item in (root.get("paths") or {}).items():
        if not path.startswith("x-"):
            yield path, ("paths", path), followed(root, item)


def operations(root: Json) -> Iterator[tuple[str, str, Location, Mapping[str, Json], Mapping[str, Json]]]:
    """Yield every operation: its path, method and place, the operation itself, and all that its path holds."""
    for path, at, item in path_items(root):
        for method in METHODS:
            if method in item:
                yield path, method, (*at, method), item[method], item
        for method, operation in item.get("additionalOperations", {}).items():
            yield path, method, (*at, "additionalOperations", method), operation, item


def operation_problems(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each repeated operation id, wrong path parameter and unknown security scheme."""
    first: dict[str, int] = {}
    for path, _, at, operation, item in operations(root):
        if name := operation.get("operationId"):
            place = (*at, "operationId")
            if name in first:
                message = (
                    f"the operationId `{short(name)}` is already used on line {first[name]}; operationIds are unique"
                )
                yield document.problem(place, message)
            first.setdefault(name, document.position(place).line)
        yield from _path_parameters(root, document, path, at, operation, item)
        yield from _security(root, document, at, operation)
    yield from _security(root, document, (), root)


def _path_parameters(
    root: Json, document: YamlDocument, path: str, at: Location, operation: Mapping[str, Json], item: Mapping[str, Json]
) -> Iterator[Problem]:
    in_path = _TEMPLATE.findall(path)
    declared: set[str] = set()
    for owner, place in ((item, at[:2]), (operation, at)):
        for index, each in enumerate(owner.get("parameters") or ()):
            parameter = followed(root, each)
            if parameter["in"] != "path":
                continue
            declared.add(parameter["name"])
            if parameter["name"] not in in_path:
                message = f"the path has no `{{{parameter['name']}}}`; {did_you_mean(parameter['name'], in_path)}"
                yield document.problem((*place, "parameters", index), message)
    for name in in_path:
        if name not in declared:
            message = f"the path parameter `{name}` is not declared; add it under `parameters` with `in: path`"
            yield document.problem(at, message, key=True)


def _security(root: Json, document: YamlDocument, at: Location, owner: Mapping[str, Json]) -> Iterator[Problem]:
    schemes = root.get("components", {}).get("securitySchemes", {})
    for index, requirement in enumerate(owner.get("security") or ()):
        for name in requirement:
            if name not in schemes:
                message = f"no security scheme is called `{short(name)}`; {did_you_mean(name, schemes)}"
                yield document.problem((*at, "security", index, name), message, key=True)
