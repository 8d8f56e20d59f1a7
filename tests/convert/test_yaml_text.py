"""Every field of every model of the checklist is written as YAML, those that somebody adds later too."""

from __future__ import annotations

import types
import typing
from typing import Any, Union

import pytest
from pydantic import BaseModel

from opsbook.convert.export import to_yaml
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import Checklist, Status
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml
from probes import Filler, field_name

Parent = tuple[type[BaseModel], str]

BESIDE: dict[str, dict[str, Any]] = {
    "Evidence": {"file": "a.txt"},
    "Evidence.url": {"file": None},
    "ItemLink": {"url": "https://example.org/"},
    "ItemLink.page": {"url": None},
    "ItemLink.file": {"url": None},
    "Standard": {"prefix": "A-"},
    "Item.waiver": {"written": Status.WAIVED},
}
"""What a model, or one of its fields, is refused without."""


def hint_of(model: type[BaseModel], name: str) -> Any:
    return typing.get_type_hints(model, include_extras=True)[name]


def inner(hint: Any) -> Any:
    """The type of one value that a field holds, without `None`, tuple and annotations."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Annotated, tuple):
        return inner(arguments[0])
    if origin in (Union, types.UnionType):
        return inner(next(each for each in arguments if each is not type(None)))
    return hint


def is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def parents() -> dict[type[BaseModel], Parent | None]:
    """Every model of a checklist, with a model and the field of it that hold one."""
    found: dict[type[BaseModel], Parent | None] = {Checklist: None}
    left: list[type[BaseModel]] = [Checklist]
    for model in left:
        for name in model.model_fields:
            below = inner(hint_of(model, name))
            if is_model(below) and below not in found:
                found[below] = (model, name)
                left.append(below)
    return found


PARENTS = parents()
FIELDS = [(model, name) for model in PARENTS for name in model.model_fields]


def value(model: type[BaseModel], name: str) -> Any:
    """A value for a field: hostile text, or a small instance of the model that it holds."""
    hint = hint_of(model, name)
    if not is_model(inner(hint)):
        return Filler().value(hint, field_name(model, name))
    return held(model, name, small(inner(hint)))


def held(model: type[BaseModel], name: str, instance: BaseModel) -> Any:
    """`instance` as the field holds it: alone, or in a tuple."""
    return (instance,) if typing.get_origin(hint_of(model, name)) is tuple else instance


def small(model: type[BaseModel], **given: Any) -> BaseModel:
    """An instance with the fields that it needs, and those that are `given` with what they go with."""
    beside = [BESIDE.get(key, {}) for key in (model.__name__, *(field_name(model, name) for name in given))]
    required = [name for name, field in model.model_fields.items() if field.is_required() and name not in given]
    needed = {name: value(model, name) for name in required}
    return model(**{**{key: each for some in beside for key, each in some.items()}, **needed, **given})


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=[field_name(model, name) for model, name in FIELDS])
def test_every_field_is_written_and_read_again(model: type[BaseModel], name: str) -> None:
    instance = small(model, **{name: value(model, name)})
    assert getattr(instance, name) != model.model_fields[name].default
    while parent := PARENTS[type(instance)]:
        instance = small(parent[0], **{parent[1]: held(*parent, instance)})
    assert isinstance(instance, Checklist)
    text = to_yaml(instance)
    assert f"{model.model_fields[name].alias or name}:" in text
    assert parse_checklist(text, "checklist.yml")[0] == instance


class Extended(Checklist):
    """A checklist with fields of kinds that none has yet."""

    level: int = 1
    is_public: bool = True
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def test_numbers_truths_and_lists_of_text_have_a_style_too() -> None:
    given = {"level": 3, "is_public": False, "tags": ("a, b", "no", "c"), "links": ("a", "b\n\nc")}
    made = Extended.model_validate({**small(Checklist).model_dump(by_alias=True), **given})
    text = to_yaml(made)
    lines = "level: 3\nis_public: false\ntags: ['a, b', 'no', c]\nlinks:\n  - a\n  - |-\n      b\n\n      c\n"
    assert text.endswith(lines)
    assert validate(Extended, parse_yaml(text, "checklist.yml")) == made
