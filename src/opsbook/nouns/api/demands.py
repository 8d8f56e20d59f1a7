"""Check what the text of OpenAPI demands and its schema does not hold, most of all that of 3.0.

https://spec.openapis.org/oas/v3.0.4.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from opsbook.nouns.api.pointers import followed
from opsbook.nouns.api.rules import operations
from opsbook.nouns.api.values import Json
from opsbook.problems import Problem
from opsbook.source.tree import Location, YamlDocument, short

_NAME = re.compile(r"[a-zA-Z0-9._-]+")
_TEMPLATE = re.compile(r"\{[^{}]*\}")
_ONE = ("not", "items", "additionalProperties")
_SEVERAL = ("allOf", "anyOf", "oneOf")
_DATA = frozenset({"default", "enum", "example", "examples", "value"})


def demand_problems(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield what the text of the specification refuses in a description that fits its schema."""
    yield from _paths(root, document)
    yield from _tags(root, document)
    yield from _parameters(root, document)
    if root["openapi"].startswith("3.0."):
        yield from _names(root, document)
        for at, schema in _schemas(root, ()):
            if schema.get("type") == "array" and "items" not in schema:
                yield document.problem(
                    (*at, "type"), "an array says under `items` what it holds; `items: {}` is anything"
                )
            if schema.get("readOnly") is True and schema.get("writeOnly") is True:
                yield document.problem(
                    (*at, "writeOnly"), "a property is `readOnly` or `writeOnly`, not both", key=True
                )


def _names(root: Json, document: YamlDocument) -> Iterator[Problem]:
    for section, named in root.get("components", {}).items():
        for name in named if isinstance(named, dict) and not section.startswith("x-") else ():
            if not _NAME.fullmatch(name):
                message = (
                    f"`{short(name)}` is no name of a component; allowed: letters of English, digits, `.`, `-` and `_`"
                )
                yield document.problem(("components", section, name), message, key=True)


def _paths(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield the paths that differ in the names of their parameters only: they are identical, and so invalid."""
    first: dict[str, str] = {}
    for path in root.get("paths") or {}:
        known = first.setdefault(_TEMPLATE.sub("{}", path), path)
        if known != path:
            message = f"`{short(path)}` is the same path as `{short(known)}`, since a parameter's name tells none apart"
            yield document.problem(("paths", path), message, key=True)


def _tags(root: Json, document: YamlDocument) -> Iterator[Problem]:
    names: set[str] = set()
    for index, tag in enumerate(root.get("tags") or ()):
        if tag["name"] in names:
            yield document.problem(("tags", index, "name"), f"the tag `{short(tag['name'])}` is declared already")
        names.add(tag["name"])


def _parameters(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield the parameters that a list has twice, by their places and names."""
    done: set[Location] = set()
    for _, _, at, operation, item in operations(root):
        for place, owner in ((at[:2], item), (at, operation)):
            if place in done:
                continue
            done.add(place)
            seen: set[tuple[str, str]] = set()
            for index, each in enumerate(owner.get("parameters") or ()):
                parameter = followed(root, each)
                key = (parameter["in"], parameter["name"])
                if key in seen:
                    message = f"the {key[0]} parameter `{short(key[1])}` is in this list already"
                    yield document.problem((*place, "parameters", index), message)
                seen.add(key)


def _schemas(value: Json, at: Location) -> Iterator[tuple[Location, Mapping[str, Json]]]:
    """Yield every Schema Object below `value` with its place."""
    todo: list[tuple[Location, Json, bool]] = [(at, value, False)]
    while todo:
        place, found, is_schema = todo.pop()
        if isinstance(found, list):
            todo += [((*place, index), each, is_schema) for index, each in enumerate(found)]
        if not isinstance(found, dict):
            continue
        if is_schema:
            yield place, found
            inside = [(key, found[key]) for key in (*_ONE, *_SEVERAL) if key in found]
            todo += [((*place, key), each, True) for key, each in inside if isinstance(each, dict | list)]
            properties = found.get("properties")
            if isinstance(properties, dict):
                todo += [((*place, "properties", key), each, True) for key, each in properties.items()]
            continue
        of_components = place == ("components", "schemas")
        for key, each in found.items():
            if (key not in _DATA or of_components) and not key.startswith("x-"):
                todo.append(((*place, key), each, of_components or key == "schema"))
