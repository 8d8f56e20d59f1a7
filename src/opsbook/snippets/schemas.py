"""Validate a YAML document against a JSON Schema, and report each error at its key or value.

The sentences are ours: those of jsonschema repeat the whole value. Keywords: https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from opsbook.problems import Problem, did_you_mean
from opsbook.snippets.yaml_tree import Path, SnippetDocument
from opsbook.source.tree import short

_EXTRA = ("additionalProperties", "unevaluatedProperties")
_MASKED = re.compile("[\ue000-\uf8ff]|\\\\u[ef][0-9a-f]{3}")


def schema_problems(document: SnippetDocument, validator: Any, *, at: Path = ()) -> Iterator[Problem]:
    """Yield what `validator` (of jsonschema) finds in the value at `at`, each problem once."""
    seen: set[Problem] = set()
    for error in validator.iter_errors(document.at(at)):
        for problem in _problems(document, error, at, validator.schema):
            if problem not in seen:
                seen.add(problem)
                yield problem


def shape_problems(document: SnippetDocument, validator: Any, *, at: Path = ()) -> Iterator[Problem]:
    """Yield wrong keys, types and choices in a template, where a masked word or a blank may stand for any value."""
    for error in validator.iter_errors(document.at(at)):
        known = error.instance is not None and not _MASKED.search(repr(error.instance))
        extra = error.validator in _EXTRA and _unknown(error, validator.schema)
        if extra or (error.validator in ("enum", "type") and known):
            yield from _problems(document, error, at, validator.schema)


def _problems(document: SnippetDocument, error: Any, at: Path, root: Mapping[str, Any]) -> Iterator[Problem]:
    path = (*at, *error.absolute_path)
    if error.validator in ("anyOf", "oneOf") and (best := _best(error)):
        for each in best:
            yield from _problems(document, each, at, root)
    elif error.validator in _EXTRA and (unknown := _unknown(error, root)):
        for key, message in unknown.items():
            yield document.problem((*path, key), message, key=True)
    else:
        yield document.problem(path, _sentence(error), key=error.validator == "required")


def _unknown(error: Any, root: Mapping[str, Any]) -> dict[str, str]:
    """Return a message for each key that a schema does not allow, by the key."""
    allowed, patterns = _keys(error.schema, root)
    return {
        key: f"unknown key `{key}`; {did_you_mean(key, allowed)}"
        for key in error.instance
        if key not in allowed and not _MASKED.search(key) and not any(re.search(each, key) for each in patterns)
    }


def _keys(schema: Mapping[str, Any], root: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Return the keys and the patterns of keys that a schema allows, including those that it refers to in its file."""
    allowed: set[str] = set()
    patterns: set[str] = set()
    parts, followed = [schema], set()
    while parts:
        part = parts.pop()
        allowed |= set(part.get("properties", ()))
        patterns |= set(part.get("patternProperties", ()))
        parts += [each for keyword in ("allOf", "anyOf", "oneOf") for each in part.get(keyword, ())]
        reference = str(part.get("$ref", ""))
        if reference.startswith("#/") and reference not in followed:
            followed.add(reference)
            parts.append(functools.reduce(lambda node, step: node[step], reference[2:].split("/"), root))
    return allowed, patterns


def _best(error: Any) -> list[Any]:
    """Return the errors of the alternative that was probably meant: right type, then fewest errors, then deepest."""
    branches: dict[int, list[Any]] = {}
    for each in error.context:
        branches.setdefault(each.schema_path[0], []).append(each)
    fitting = [branch for branch in branches.values() if not any(e.validator == "type" and not e.path for e in branch)]
    if not fitting:
        return []
    return min(fitting, key=lambda branch: (len(branch), -max(len(e.path) for e in branch)))


def _sentence(error: Any) -> str:
    value = short(json.dumps(error.instance, ensure_ascii=False), 40)
    wanted = error.validator_value
    if error.validator == "required":
        return f"`{str(error.message).split(chr(39))[1]}` is missing here"  # 'name' is a required property
    if error.validator == "type":
        types = [wanted] if isinstance(wanted, str) else [name for name in wanted if name != "null"]
        return f"{value} is not of type {' or '.join(types)}"
    if error.validator in ("enum", "const"):
        allowed = [str(each) for each in wanted if each is not None] if error.validator == "enum" else [str(wanted)]
        return f"{value} is not allowed here; {did_you_mean(str(error.instance), allowed)}"
    if error.validator == "pattern":
        return f"{value} does not match `{short(str(wanted), 80)}`"
    if error.validator in ("anyOf", "oneOf"):
        return f"{value} fits none of the forms that are allowed here"
    return short(str(error.message), 200)
