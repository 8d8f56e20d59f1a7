"""A mistake where one of several forms would do in, the mistakes in the form that was meant out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jsonschema.exceptions import ValidationError

from opsbook.nouns.api.values import Json

CHOICES = ("oneOf", "anyOf")


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The mistakes behind `error`: where one of several forms would do, those in the form that was meant."""
    branches = [list(group) for _, group in groupby(error.context or (), key=lambda each: each.relative_schema_path[0])]
    if error.validator not in CHOICES or not branches or asks_for_keys(error):
        yield error
        return
    refers = isinstance(error.instance, dict) and "$ref" in error.instance
    meant = [branch for branch in branches if refers or not _is_reference(branch)] or branches
    kinds = [each for branch in meant for each in branch if _is_choice(each)]
    if len(kinds) == len(meant):
        kinds[0].validator_value = [word for each in kinds for word in wanted(each)]
    for each in min(meant, key=_strangeness):
        yield from leaves(each)


def wanted(error: ValidationError) -> Json:
    """What the keyword of the schema says."""
    return error.validator_value


def asks_for_keys(error: ValidationError) -> bool:
    """Whether the forms differ in nothing but the keys that they need."""
    return error.validator in CHOICES and all(
        isinstance(each, dict) and "required" in each and "properties" not in each for each in wanted(error)
    )


def _is_reference(branch: list[ValidationError]) -> bool:
    return any(each.validator == "required" and "$ref" in wanted(each) for each in branch)


def _is_choice(error: ValidationError) -> bool:
    """Whether it is the key that tells the forms apart that is wrong."""
    return error.validator == "enum" and list(error.relative_path)[-1:] in (["in"], ["type"])


def _strangeness(branch: list[ValidationError]) -> tuple[bool, bool, int]:
    """The form that was meant is the one whose kind of value stands there, with the fewest mistakes in it."""
    is_other_kind = any(each.validator == "type" and not each.relative_path for each in branch)
    return is_other_kind, any(map(_is_choice, branch)), len(branch)
