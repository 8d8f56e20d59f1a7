"""Check what files name of each other: models declare it at their fields, and all files are checked in one place.

`Annotated[Slug, Id("service")]` says that a field holds the id of a service, `Annotated[Slug, Names("owner")]` that it
names an owner. The marks work below tuples and unions, and leave the JSON Schema as it is.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel

from opsbook.problems import Problem, did_you_mean
from opsbook.source.tree import Location, Position, short


class Places(Protocol):
    """The places of the values of one file."""

    @property
    def path(self) -> str:
        """Return the name of the file in messages."""

    def position(self, location: Location) -> Position:
        """Return the line and column of `location`."""

    def problem(self, location: Location, message: str) -> Problem:
        """Return the problem `message` at `location`."""


@dataclass(frozen=True)
class Unique:
    """Mark a text that may stand once among all files, such as the alert that a runbook is for.

    `word` is what a message calls it, `of` the kind of thing that it belongs to. Kinds that share a `space` share their
    names; a `is_local` one is unique within the thing around it. `has_case` is False where differences in capitals
    alone do not count, as in the name of a file.
    """

    of: str
    word: str = "id"
    rule: str = ""
    """What a message says of a text that is taken, where that is not that such texts are unique."""
    space: str = ""
    reserved: tuple[str, ...] = ()
    """Names that the site needs itself."""
    reserved_for: str = ""
    """What a message says of such a name, where that is not that the site uses it."""
    has_case: bool = True
    is_local: bool = False


@dataclass(frozen=True)
class Id(Unique):
    """Mark the field that holds the id of its model, which is a thing of the kind `of` that others may name."""


@dataclass(frozen=True)
class Former(Unique):
    """Mark the field that holds former ids of its model. They are unique together with the present ones."""


@dataclass(frozen=True)
class Names:
    """Mark a text that is the id of a thing of one of `kinds`. `called` is what a message calls such a thing."""

    kinds: tuple[str, ...]
    called: str
    verb: str
    """What a message says of the id: that a thing has it, or that it is the thing."""

    def __init__(self, *kinds: str, called: str = "", verb: str = "has the id") -> None:
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "called", called)
        object.__setattr__(self, "verb", verb)


FieldMark = Unique | Names


@dataclass(frozen=True)
class Marked:
    """A marked text and its place below `models`, the outermost first; the last one has the field."""

    at: Location
    mark: FieldMark
    text: str
    field: str
    models: tuple[BaseModel, ...]


@dataclass(frozen=True)
class Known:
    """The names of one kind. `ids` is None where its files could not be read, so that any name may be right."""

    ids: Collection[str] | None = ()
    former: Mapping[str, str] = field(default_factory=dict)
    """The present id by each former one."""
    hint: str = ""
    """What to do where there is no such thing at all."""
    called: str = ""


def marked(model: BaseModel, at: Location = (), above: tuple[BaseModel, ...] = ()) -> Iterator[Marked]:
    """Yield every marked text in `model`, which stands at `at`, in the order of the fields."""
    models = (*above, model)
    for name, key, marks in _fields(type(model)):
        yield from _below(getattr(model, name), (*at, key), name, marks, models)


def _below(
    value: Any, at: Location, name: str, marks: tuple[FieldMark, ...], models: tuple[BaseModel, ...]
) -> Iterator[Marked]:
    if isinstance(value, str):
        yield from (Marked(at, mark, value, name, models) for mark in marks)
    elif isinstance(value, BaseModel):
        yield from marked(value, at, models)
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _below(each, (*at, index), name, marks, models)


@functools.cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, tuple[FieldMark, ...]], ...]:
    """Return the fields of `model` that may hold a marked text: name, key in the file, marks of the field itself."""
    found = []
    for name, info in model.model_fields.items():
        own = [mark for mark in info.metadata if isinstance(mark, Unique | Names)]
        marks = (*own, *_marks(info.annotation))
        if marks or _holds_models(info.annotation):
            found.append((name, info.alias or name, marks))
    return tuple(found)


def _marks(annotation: Any) -> Iterator[FieldMark]:
    """Yield the marks in `annotation`, but not those inside of models."""
    yield from (mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Unique | Names))
    for argument in typing.get_args(annotation):
        yield from _marks(argument)


def _holds_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return issubclass(annotation, BaseModel)
    return any(map(_holds_models, typing.get_args(annotation)))


def uniqueness_problems(files: Iterable[tuple[Places, Iterable[Marked]]]) -> Iterator[Problem]:
    """Yield a problem for each text that is taken already, or that the site needs itself, in the order of `files`.

    A former id that is the present one of another file is wrong there, whichever file comes first.
    """
    files = [(places, [each for each in found if isinstance(each.mark, Unique)]) for places, found in files]
    present: dict[tuple[object, ...], tuple[Places, Location]] = {}
    for places, found in files:
        for each in found:
            if isinstance(each.mark, Id):
                present.setdefault(_key(each, places), (places, each.at))
    first: dict[tuple[object, ...], tuple[Places, Location]] = {}
    for places, found in files:
        for each in found:
            assert isinstance(each.mark, Unique)
            if each.text in each.mark.reserved:
                yield places.problem(each.at, _reserved(each.text, each.mark))
                continue
            key = _key(each, places)
            holder = present.get(key)
            if isinstance(each.mark, Former) and holder and holder[0].path != places.path:
                first[key] = holder
            before, at = first.setdefault(key, (places, each.at))
            if (before, at) != (places, each.at):
                yield places.problem(each.at, _taken(each.text, each.mark, before, at, places))


def _key(each: Marked, places: Places) -> tuple[object, ...]:
    mark = each.mark
    assert isinstance(mark, Unique)
    name = each.text if mark.has_case else each.text.casefold()
    return (mark.space or mark.of, mark.word, name, *((places.path, id(each.models[-2])) if mark.is_local else ()))


def _reserved(text: str, mark: Unique) -> str:
    if mark.reserved_for:
        return f"`{text}` {mark.reserved_for}"
    return f"the {mark.word} `{text}` is used by the site itself; choose another"


def _taken(text: str, mark: Unique, before: Places, at: Location, here: Places) -> str:
    rule = mark.rule or f"{mark.word}s are unique"
    if before.path == here.path:
        return f"the {mark.word} `{text}` is already used on line {before.position(at).line}; {rule}"
    return f"the {mark.word} `{text}` is already used in {before.path}; {rule}"


def name_problems(places: Places, found: Iterable[Marked], known: Mapping[str, Known]) -> Iterator[Problem]:
    """Yield a problem for each name of something that does not exist. Kinds that are not in `known` are not checked."""
    for each in found:
        if not isinstance(mark := each.mark, Names):
            continue
        kinds = [known[kind] for kind in mark.kinds if kind in known]
        if any(kind.ids is None or each.text in kind.ids for kind in kinds) or len(kinds) < len(mark.kinds):
            continue
        former = next((kind.former[each.text] for kind in kinds if each.text in kind.former), None)
        if former is not None:
            yield places.problem(each.at, f"`{each.text}` is a former id; write `{former}`")
        else:
            yield places.problem(each.at, _unknown(each.text, mark, kinds))


def _unknown(text: str, mark: Names, kinds: list[Known]) -> str:
    names = [kind.called or name for kind, name in zip(kinds, mark.kinds, strict=True)]
    called = mark.called or (f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0])
    ids = [id for kind in kinds for id in kind.ids or ()]
    hint = next((kind.hint for kind in kinds if kind.hint), "")
    way_out = hint if hint and not ids else did_you_mean(text, ids)
    return f"no {called} {mark.verb} `{short(text)}`; {way_out}"
