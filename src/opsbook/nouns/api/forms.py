"""Given an error at a choice of schemas, find the errors in the branch that the author meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jsonschema.exceptions import ValidationError

from opsbook.nouns.api.values import Json

CHOICES = ("oneOf", "anyOf")


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the errors behind `error`: those in the branch that was meant where it is a choice, else `error` itself."""
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
    """Return the value of the schema's keyword that was violated."""
    return error.validator_value


def asks_for_keys(error: ValidationError) -> bool:
    """Return whether the branches differ only in the keys that they require."""
    return error.validator in CHOICES and all(
        isinstance(each, dict) and "required" in each and "properties" not in each for each in wanted(error)
    )


def _is_reference(branch: list[ValidationError]) -> bool:
    return any(each.validator == "required" and "$ref" in wanted(each) for each in branch)


def _is_choice(error: ValidationError) -> bool:
    """Return whether the error is in the key that tells the branches apart."""
    return error.validator == "enum" and list(error.relative_path)[-1:] in (["in"], ["type"])


def _strangeness(branch: list[ValidationError]) -> tuple[bool, bool, int]:
    """Return a sort key that is lowest for the branch that was meant: right type, right kind, fewest errors."""
    is_other_kind = any(each.validator == "type" and not each.relative_path for each in branch)
    return is_other_kind, any(map(_is_choice, branch)), len(branch)
