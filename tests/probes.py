"""A handbook in which every text of every model is hostile, made from the models themselves.

Nothing here lists the fields that hold text: what is new in a model is filled by itself. Listed are the fields that a
text cannot stand in, such as ids that others refer to; all ids are the same, so that every reference finds something.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union

from pydantic import BaseModel, StringConstraints

from hostile_texts import ADDRESS, BLOCK, FIXED, FORMS, ID, LINE, SIGN
from opsbook.graph import Handbook
from opsbook.nouns.drawing.model import Box, Drawing, Layout, Route
from opsbook.nouns.track.model import Track, TrackStep


class Filler:
    """Makes an instance of any model. `prose` says which fields are Markdown of an author, and get no marker."""

    def __init__(self, prose: frozenset[str] = frozenset()) -> None:
        self.prose = prose
        self.fields: dict[str, list[str]] = {}
        """The text that each field was given, by its class and name."""
        self.seen: set[type] = set()
        self.open: list[type] = []
        """The models that are being made: one inside of itself ends there."""

    def instance(self, model: type, **given: Any) -> Any:
        """An instance of `model` with every field filled but for those that are `given`."""
        hints = _hints(model)
        if self.open.count(model) > 2:
            given = {name: empty for name, hint in hints.items() if (empty := _empty(hint)) is not ...}
        values = {name: self.value(hint, field_name(model, name)) for name, hint in hints.items() if name not in given}
        return _construct(model, {**values, **given})

    def variants(self, model: type) -> Iterator[Any]:
        """The full instance; where the model is met for the first time, also one without each, and with each alone."""
        full = self.instance(model)
        yield full
        if model in self.seen:
            return
        self.seen.add(model)
        optional = {name: empty for name, hint in _hints(model).items() if (empty := _empty(hint)) is not ...}
        slim = _copy(full, {name: getattr(full, name)[:1] for name, empty in optional.items() if empty == ()})
        for name, hint in _hints(model).items():
            for value in _choices(hint, FIXED.get(field_name(model, name))):
                yield _copy(slim, {name: value})
        for name in optional:
            yield _copy(slim, {name: optional[name]})
            yield _copy(slim, {other: empty for other, empty in optional.items() if other != name})

    def value(self, hint: Any, field: str) -> Any:
        """A value for `hint`; text that nothing else is known of is hostile."""
        if field in FIXED:
            return FIXED[field][0] if isinstance(FIXED[field], tuple) and FIXED[field] else FIXED[field]
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            return self.text(field, arguments[1:]) if arguments[0] is str else self.value(arguments[0], field)
        if origin in (Union, types.UnionType):
            return self.value(next(each for each in arguments if each is not type(None)), field)
        if origin is tuple and arguments[-1] is ...:
            return tuple(self.several(arguments[0], field))
        if origin is tuple:
            return tuple(self.value(each, field) for each in arguments)
        if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
            return {ID if n == 0 else f"{ID}-{n}": each for n, each in enumerate(self.several(arguments[1], field))}
        if origin is Literal:
            return arguments[0]
        if hint is str:
            return self.text(field, ())
        return self.plain(hint, field)

    def several(self, hint: Any, field: str) -> Iterator[Any]:
        members = typing.get_args(hint) if typing.get_origin(hint) in (Union, types.UnionType) else (hint,)
        for member in members:
            if not _is_model(member):
                yield self.value(member, field)
            elif self.open.count(member) < 2:
                self.open.append(member)
                yield from self.variants(member)
                self.open.pop()

    def plain(self, hint: Any, field: str) -> Any:
        """A value of a type that holds no text."""
        samples: dict[Any, Any] = {
            int: 2,
            float: 9.0,
            bool: True,
            date: date(2026, 1, 2),
            Decimal: Decimal("99.9"),
            datetime: datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        }
        if hint in samples:
            return samples[hint]
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint))
        if _is_model(hint):
            self.open.append(hint)
            made = self.instance(hint)
            self.open.pop()
            return made
        raise TypeError(f"{field}: no value for {hint}; say in FIXED what it holds, or how to make it")

    def text(self, field: str, metadata: tuple[Any, ...]) -> str:
        """The most hostile text that `metadata` lets pass, with a word of its own in it."""
        patterns = [each.pattern for each in metadata if isinstance(each, StringConstraints) and each.pattern]
        limits = [each.max_length for each in metadata if isinstance(each, StringConstraints) and each.max_length]
        is_short = any(limit <= 20 for limit in limits)
        word = f"word{len(self.fields):03}{chr(97 + len(self.fields.get(field, ())) % 26)}"
        if field in self.prose:
            return word
        for form in (BLOCK, LINE, ADDRESS, SIGN):
            text = form % word if "%s" in form else form
            if (form is SIGN or not is_short) and all(re.search(pattern, text) for pattern in patterns):
                self.fields.setdefault(field, []).append(text)
                return text
        known = [text for text, pattern in FORMS.items() if pattern in patterns]
        if not known:
            raise TypeError(f"{field}: no text for the pattern {patterns}; add one to FORMS")
        return ID if known[0] == "first" else known[0]


def hostile_handbook(filler: Filler) -> Handbook:
    """A handbook that `filler` made, with what has to fit together fitted."""
    fields: dict[str, Any] = {}
    for name, hint in _hints(Handbook).items():
        filler.seen.clear()
        fields[name] = filler.value(hint, field_name(Handbook, name))
    checklist = fields["checklist"]
    home = {"area": checklist.areas[0], "phase": checklist.phases[0]}
    places = [dataclasses.replace(place, **home) for place in fields["places"].values()]
    places += [dataclasses.replace(places[0], item=item) for item in checklist.areas[0].items]
    fields["places"] = {ID if n == 0 else f"{ID}-{n}": place for n, place in enumerate(places)}
    fields["templates"] = {"post-mortem": fields["templates"][ID], **fields["templates"]}
    fields["drawings"] = {id: _laid_out(drawing) for id, drawing in fields["drawings"].items()}
    fields["tracks"] = {id: _outward(track) for id, track in fields["tracks"].items()}
    return Handbook(**fields)


def _laid_out(drawing: Drawing) -> Drawing:
    """`drawing` with a place for each of its parts."""
    box = Box(id=ID, x=0, y=0, width=9, height=9)
    edges = drawing.edges if drawing.nodes else ()
    routes = tuple(Route(line="M0,0", heads="M0,0") for _ in edges)
    nodes = drawing.nodes if drawing.clusters else [_copy(node, {"cluster": None}) for node in drawing.nodes]
    layout = Layout(width=9, height=9, nodes=(box,), clusters=(box,), routes=routes)
    return drawing.model_copy(update={"nodes": tuple(nodes), "edges": edges, "layout": layout})


def _outward(track: Track) -> Track:
    """`track` with an address where a step leads outside."""

    def led(step: TrackStep) -> TrackStep:
        return dataclasses.replace(step, id=ADDRESS % "step") if step.kind == "url" else step

    stages = (dataclasses.replace(stage, steps=tuple(map(led, stage.steps))) for stage in track.stages)
    return dataclasses.replace(track, stages=tuple(stages))


def field_name(model: type, name: str) -> str:
    """How a field is called here: two models of one name are in two modules."""
    return f"{model.__module__.removeprefix('opsbook.')}.{model.__name__}.{name}"


def _hints(model: type) -> dict[str, Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    if issubclass(model, BaseModel):
        return {name: hints[name] for name in model.model_fields}
    assert dataclasses.is_dataclass(model)
    return {each.name: hints[each.name] for each in dataclasses.fields(model) if each.init}


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and (issubclass(hint, BaseModel) or dataclasses.is_dataclass(hint))


def _construct(model: type, values: dict[str, Any]) -> Any:
    return model.model_construct(**values) if issubclass(model, BaseModel) else model(**values)


def _copy(instance: Any, values: dict[str, Any]) -> Any:
    if isinstance(instance, BaseModel):
        return instance.model_copy(update=values)
    return dataclasses.replace(instance, **values)


def _empty(hint: Any) -> Any:
    """What says that a field is not filled; an ellipsis where it has to be."""
    if typing.get_origin(hint) is typing.Annotated:
        return _empty(typing.get_args(hint)[0])
    if typing.get_origin(hint) in (Union, types.UnionType) and type(None) in typing.get_args(hint):
        return None
    if hint is bool:
        return False
    return () if typing.get_origin(hint) is tuple and typing.get_args(hint)[-1] is ... else ...


def _choices(hint: Any, fixed: Any) -> Iterator[Any]:
    """Every value of a field that has a few."""
    if isinstance(fixed, tuple):
        yield from fixed
    elif typing.get_origin(hint) is Literal:
        yield from typing.get_args(hint)
    else:
        found = (each for each in (hint, *typing.get_args(hint)) if isinstance(each, type) and issubclass(each, Enum))
        yield from itertools.chain.from_iterable(found)
