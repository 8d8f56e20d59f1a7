"""Turn an error of jsonschema into a sentence for the author: what is there, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema.exceptions import ValidationError

from opsbook.nouns.api.forms import CHOICES, asks_for_keys
from opsbook.nouns.api.forms import wanted as rule
from opsbook.nouns.api.pointers import resolve_pointer
from opsbook.nouns.api.values import Json
from opsbook.problems import Problem, did_you_mean
from opsbook.source.tree import YamlDocument, short

_CLOSED = ("additionalProperties", "unevaluatedProperties")
_BRANCHES = (*CHOICES, "allOf")
_KINDS = {
    "object": "a mapping of keys and values",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "nothing",
}
_FORMS = (
    ("^/", "a path starts with `/`"),
    ("^\\/", "a path starts with `/`"),
    ("^[1-5]", "allowed: a status code such as `200`, a range such as `4XX`, or `default`"),
    ("^[a-zA-Z0-9", "allowed in the name of a component: letters, digits, `.`, `-` and `_`"),
)


def validation_problems(error: ValidationError, root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield the problems that `error` stands for. `root` is the schema that was violated."""
    at = tuple(error.absolute_path)
    if error.validator in _CLOSED:
        yield from _unknown_keys(error, root, document)
    elif "propertyNames" in error.absolute_schema_path:
        name = str(error.instance)
        message = f"`{short(name)}` does not have the right form; {_form(str(rule(error)))}"
        yield document.problem((*at, name), message, key=True)
    else:
        yield document.problem(at, _message(error))


def _message(error: ValidationError) -> str:
    wanted, given = rule(error), _given(error)
    match error.validator:
        case "required":
            missing = next(key for key in wanted if key not in given and f"'{key}'" in error.message)
            return f"the key `{missing}` is missing; it is required here"
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            quotes = "; put it in quotes" if kinds == ["string"] and isinstance(given, (int, float)) else ""
            return f"{_shown(given)}; allowed: {' or '.join(_KINDS[kind] for kind in kinds)}{quotes}"
        case "enum" | "const":
            words = [wanted] if error.validator == "const" else wanted
            shown = _shown(given) if isinstance(given, (dict, list)) else f"`{short(_word(given))}` is not known"
            return f"{shown}; {did_you_mean(_word(given), map(_word, words))}"
        case "oneOf" | "anyOf" if asks_for_keys(error) and not isinstance(given, dict):
            return f"{_shown(given)}; allowed: {_KINDS['object']}"
        case "oneOf" | "anyOf" if asks_for_keys(error):
            keys = [f"`{key}`" for branch in wanted for key in branch["required"]]
            return f"{'one' if not _has_any(error) else 'only one'} of {' and '.join(keys)} belongs here"
        case "not" if "required" in wanted:
            return f"{' and '.join(f'`{key}`' for key in wanted['required'])} exclude each other; keep one"
        case "pattern":
            return f"{_shown(given)}; {_form(str(wanted))}"
    return f"{_shown(given)}, which breaks the rule `{error.validator}: {short(str(wanted))}` of OpenAPI"


def _unknown_keys(error: ValidationError, root: Json, document: YamlDocument) -> Iterator[Problem]:
    at = tuple(error.absolute_path)
    known = set(_keys(error.schema, root, ()))
    forms = [_form(pattern) for pattern in _patterns(error) if not pattern.startswith("^x-")]
    # The message quotes keys as Python does, so a backslash in one of them is doubled there.
    named = [key for key in _given(error) if not key.startswith("x-") and repr(key) in error.message]
    unknown = [key for key in named if key not in known]
    for key in unknown:
        near = did_you_mean(key, known)
        yield document.problem((*at, key), f"unknown key `{short(key)}`; {forms[0] if forms else near}", key=True)
    if not unknown:  # Each is known in another case than this one.
        for key in named:
            yield document.problem((*at, key), f"`{short(key)}` does not belong here; leave it out", key=True)


def _keys(schema: Any, root: Json, seen: tuple[str, ...]) -> Iterator[str]:
    """Yield the keys that `schema` knows in any of its branches, since each of them is worth a hint."""
    if not isinstance(schema, dict):
        return
    yield from schema.get("properties", ())
    parts = [each for key in _BRANCHES for each in schema.get(key, ())]
    parts += [schema.get(key) for key in ("if", "then", "else")] + list(schema.get("dependentSchemas", {}).values())
    reference = str(schema.get("$ref", ""))
    if reference.startswith("#/") and reference not in seen:
        parts.append(resolve_pointer(root, reference))
    for part in parts:
        yield from _keys(part, root, (*seen, reference))


def _given(error: ValidationError) -> Json:
    return error.instance


def _patterns(error: ValidationError) -> Iterable[str]:
    return error.schema.get("patternProperties", ()) if isinstance(error.schema, dict) else ()


def _form(pattern: str) -> str:
    return next((said for start, said in _FORMS if pattern.startswith(start)), f"allowed: what matches `{pattern}`")


def _shown(value: Json) -> str:
    """Return words for the value that was found.

    >>> _shown({}), _shown("a"), _shown(True), _shown(1), _shown(None)
    ('this is a mapping', '`a` is text', '`true` is a truth value', '`1` is a number', 'this is empty')
    """
    if value is None:
        return "this is empty"
    if isinstance(value, (dict, list)):
        return f"this is a {'mapping' if isinstance(value, dict) else 'list'}"
    kind = "text" if isinstance(value, str) else "a truth value" if isinstance(value, bool) else "a number"
    return f"`{short(_word(value))}` is {kind}"


def _word(value: Json) -> str:
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)


def _has_any(error: ValidationError) -> bool:
    given = _given(error)
    return isinstance(given, dict) and any(key in given for branch in rule(error) for key in branch["required"])
