"""Turn an error of pydantic into a sentence for the author: what is there, and what is allowed."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from opsbook.problems import did_you_mean
from opsbook.source.fields import SLUG_FORM, SLUG_PATTERN
from opsbook.source.tree import Location, short

_PATTERNS = {
    SLUG_PATTERN: f"is not an id; allowed: {SLUG_FORM}, such as `unit-tests`",
    r"^[^\n]*$": "has more than one line; allowed: one line",
    r"^[^,\n]*$": "has a comma or more than one line; allowed: one line without commas",
}
_MAPPINGS = ("model_type", "model_attributes_type", "dict_type")
_LISTS = ("tuple_type", "list_type")
_CHOICES = ("enum", "literal_error")
_FOR_TEXT = ("string_type", "date_type", *_CHOICES)
_NULLS = ("~", "null", "Null", "NULL")


def describe(
    detail: ErrorDetails, location: Location, field: FieldInfo | None, expected: type[BaseModel] | None
) -> str:
    """Return what is wrong at `location`, the place of `field`, or of an `expected` model where a mapping belongs."""
    kind, given = detail["type"], detail["input"]
    if isinstance(given, str) and not given.strip() and location:
        return _empty(location, field)
    if isinstance(given, str) and given in _NULLS and field and not field.is_required():
        return f"`{given}` is text here; to say nothing, leave the key out"
    if kind in _MAPPINGS + _LISTS or (isinstance(given, (list, dict)) and kind in _FOR_TEXT):
        return _shape(kind, detail, location, expected)
    if kind == "too_short":
        return f"{_subject(location)} empty; it needs an entry"
    return _message(kind, detail, field)


def _empty(location: Location, field: FieldInfo | None) -> str:
    if isinstance(location[-1], int):
        return "this entry is empty; write it or remove it"
    way_out = "write its value" if field and field.is_required() else "write its value or leave the key out"
    return f"`{location[-1]}` is empty; {way_out}"


def _shape(kind: str, detail: ErrorDetails, location: Location, expected: type[BaseModel] | None) -> str:
    """Return what kind of thing is there, and what kind should be."""
    given = detail["input"]
    found = "a list" if isinstance(given, list) else "a mapping" if isinstance(given, dict) else "text"
    what = _subject(location)
    if kind in _LISTS:
        return f"{what} {found}; allowed: a list, each entry on its own line after `- `"
    if kind in _MAPPINGS:
        return f"{what} {found}; allowed: a mapping of keys and values{_keys(expected)}"
    if kind in _CHOICES:
        return f"{what} {found}; allowed: one of {', '.join(_words(detail['ctx']['expected']))}"
    return f"{what} {found}; allowed: {'a day as YYYY-MM-DD' if kind.startswith('date') else 'text'}"


def _subject(location: Location) -> str:
    if not location:
        return "this is"
    return f"`{short(location[-1])}` is" if isinstance(location[-1], str) else "this entry is"


def _keys(model: type[BaseModel] | None) -> str:
    if model is None:
        return ""
    if required := required_keys(model):
        return f", at least {', '.join(required)}"
    return f", such as {', '.join(field.alias or name for name, field in model.model_fields.items())}"


def _message(kind: str, detail: ErrorDetails, field: FieldInfo | None) -> str:
    given = detail["input"] if isinstance(detail["input"], str) else ""
    context = detail.get("ctx", {})
    match kind:
        case "enum" | "literal_error":
            return f"`{short(given)}` is not known; {_nearest(given, context['expected'])}"
        case "string_pattern_mismatch":
            return f"`{short(given)}` {_form(context['pattern'], field)}"
        case "string_too_long":
            return f"this is longer than {context['max_length']} characters; make it shorter"
        case "value_error" | "assertion_error":
            return str(context["error"])
    if kind.startswith("date"):
        return f"`{short(given)}` is not a date; allowed: a day of the calendar as YYYY-MM-DD"
    if kind.startswith("int"):
        return f"`{short(given)}` is not a whole number"
    return detail["msg"][:1].lower() + detail["msg"][1:]


def _nearest(given: str, expected: str) -> str:
    return did_you_mean(given, _words(expected))


def _words(expected: str) -> list[str]:
    # https://github.com/pydantic/pydantic/blob/v2.14.3/pydantic-core/src/validators/literal.rs (`expected_repr`)
    # The allowed values come as one phrase, `'a', 'b' or 'c'`; the error has no list of them.
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]


def _form(pattern: str, field: FieldInfo | None) -> str:
    """Return what is wrong with text that does not match `pattern`; a field's description says what is right."""
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    if pattern.startswith("^https?:"):
        return "is not a web address; allowed: one that starts with https:// or http:// and holds no space"
    allowed = field.description if field and field.description else pattern
    return f"does not have the right form; allowed: {allowed[:1].lower()}{allowed[1:].rstrip('.')}"


def required_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys that a mapping for `model` must have."""
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
