"""Validate a document against a model, and report every mistake at its line and column."""

from __future__ import annotations

import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.source.messages import describe, required_keys
from opsbook.source.names import SiteNames, names_of
from opsbook.source.tree import Location, YamlDocument, short

M = TypeVar("M", bound=BaseModel)


class MistakeAtError(ValueError):
    """The error by which a validator of a model reports a mistake at one `key` of the model."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


def validate(model: type[M], document: YamlDocument, names: SiteNames | None = None) -> M:
    """Return `document` as a `model`, in which `names` of the site stand for words of the engine.

    Raise ProblemsError with one problem for each mistake.
    """
    required = required_keys(model)
    if not document.tree and required:
        raise ProblemsError([document.problem((), f"this is empty; it needs the keys {', '.join(required)}")])
    try:
        return model.model_validate(document.tree, by_alias=True, by_name=False, context=names)
    except ValidationError as error:
        details = [detail for detail in error.errors() if not _is_echo(detail)]
        raise ProblemsError(
            first_problems(_problem(model, document, detail, names or SiteNames()) for detail in details)
        ) from None


def _is_echo(detail: ErrorDetails) -> bool:
    """Return whether a list seems too short only because its entries are wrong, which are reported themselves."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _problem(model: type[BaseModel], document: YamlDocument, detail: ErrorDetails, names: SiteNames) -> Problem:
    location = tuple(part for part in detail["loc"] if isinstance(part, (str, int)))
    kind = detail["type"]
    owner = _model_at(model, location[:-1])
    if kind == "extra_forbidden":
        key = str(location[-1])
        allowed = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
        return document.problem(location, f"unknown key `{short(key)}`; {did_you_mean(key, allowed)}", key=True)
    if kind == "missing":
        return document.problem(location[:-1], f"the key `{location[-1]}` is missing; it is required here")
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, MistakeAtError):
        return document.problem((*location, cause.key), str(cause))
    field = _field(owner, location[-1]) if owner and location else None
    message = describe(detail, location, field, _model_at(model, location))
    own = ", ".join(names_of(field.metadata if field else (), names))
    return document.problem(location, f"{message}; or a name of this site: {own}" if own else message)


def _field(model: type[BaseModel], key: str | int) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if key in (name, field.alias)), None)


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """Return the model at `location` below `model`, found by the types of its fields; None where there is none."""
    current: type[BaseModel] | None = model
    for part in location:
        if current is None:
            return None
        if isinstance(part, int):
            continue
        field = _field(current, part)
        current = _first_model(field.annotation) if field else None
    return current


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    for argument in typing.get_args(annotation):
        if found := _first_model(argument):
            return found
    return None
