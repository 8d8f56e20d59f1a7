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
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union

from pydantic import BaseModel, StringConstraints

from hostile_texts import ADDRESS, BLOCK, FIXED, FORMER, FORMS, ID, LINE, SIGN
from opsbook.assembly.interface import interface
from opsbook.assembly.kinds import KINDS
from opsbook.assembly.link import link, read_marks
from opsbook.graph import Graph
from opsbook.nouns.alert.rules import Alert, RuleFile
from opsbook.nouns.api.model import Api
from opsbook.nouns.checklist.model import Checklist, Place, find_places
from opsbook.nouns.drawing.model import Box, Drawing, Layout, Route
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.kind import Loaded, Record
from opsbook.nouns.macro.model import Interface, MacroDoc
from opsbook.nouns.page.model import PagesFolder, WrittenPage
from opsbook.nouns.post_mortem.model import PostMortem
from opsbook.nouns.runbook.model import ParsedRunbook, Runbook
from opsbook.nouns.service.model import RoleGrants
from opsbook.nouns.template.model import Template
from opsbook.nouns.term.model import Term
from opsbook.nouns.track.model import KINDS as TARGETS
from opsbook.nouns.track.model import Track, TrackEntry
from opsbook.site.language import SiteLanguage
from opsbook.source.markdown import parse_markdown
from opsbook.source.references import Former, Id, Names
from opsbook.source.sitefile import MacroSettings


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
        if any(isinstance(each, Id | Names) for each in metadata):
            return ID
        if any(isinstance(each, Former) for each in metadata):
            return FORMER
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


OTHERWISE: Mapping[str, type] = {
    "guide": Guide,
    "runbook": Runbook,
    "alert": Alert,
    "api": Api,
    "drawing": Drawing,
    "page": WrittenPage,
    "template": Template,
    "post_mortem": PostMortem,
    "track": Track,
    "term": Term,
    "macro": MacroDoc,
}
"""The classes that nouns load, by their names, where those are not the models of their files."""

OF_FILES = tuple(file.model for kind in KINDS if kind.name not in OTHERWISE for file in kind.schemas.values())
"""The models of files that are loaded as they are."""

VALUES: tuple[type, ...] = (*OF_FILES, *OTHERWISE.values())
"""The classes of what is loaded. A test holds them against what the kinds load."""

RECORDS = {Guide: "guide", Api: "api", WrittenPage: "page", Template: "template", Term: "term"}
"""The kinds of node of the classes that have no field for an id of their own."""

LOADED = (*VALUES, PagesFolder, SiteLanguage, Place, ParsedRunbook, RoleGrants, RuleFile, MacroSettings, Interface)
"""The same with what is made of them while they are loaded, and what the macros know of the site."""


def hostile_graph(filler: Filler) -> Graph:
    """A graph of values that `filler` made, with what has to fit together fitted."""
    records = [record for model in VALUES for record in _records(model, filler)]
    records += [Record(MacroSettings()), Record(interface()), Record(PagesFolder()), Record(SiteLanguage())]
    records += [Record(RoleGrants(ID, (), ()))]
    return link(read_marks([Loaded(tuple(records))]))


def _records(model: type, filler: Filler) -> Iterator[Record]:
    filler.seen.clear()
    count: Counter[str] = Counter()
    values = [filler.instance(model)] if model in OF_FILES else list(filler.several(model, model.__name__))
    for n, made in enumerate(values):
        value = _fitted(_with_ids(made, count))
        kind = RECORDS.get(model, "")
        yield Record(value, kind=kind, id=(ID if n == 0 else f"{ID}-{n}") if kind else "", file="file.md")
        if isinstance(value, Template):
            yield Record(Template("post-mortem", value.text), kind="template", id="post-mortem")
        if isinstance(value, Checklist):
            yield from (Record(place, kind="item", id=id) for id, place in find_places(value).items())
        if isinstance(value, Runbook):
            yield Record(ParsedRunbook(value, parse_markdown("Text.\n", value.path)))


def _with_ids(value: Any, count: Counter[str]) -> Any:
    """`value` with an id of its own in each field that holds one: the first is the one that all others name."""
    if isinstance(value, tuple):
        return tuple(_with_ids(each, count) for each in value)
    if not isinstance(value, BaseModel):
        return value
    given: dict[str, Any] = {}
    for name, info in type(value).model_fields.items():
        if kinds := [mark.of for mark in info.metadata if isinstance(mark, Id)]:
            number = count[kinds[0]]
            count[kinds[0]] += 1
            given[name] = ID if number == 0 else f"{ID}-{number}"
        else:
            given[name] = _with_ids(getattr(value, name), count)
    return value.model_copy(update=given)


def _fitted(value: Any) -> Any:
    match value:
        case Drawing():
            return _laid_out(value)
        case Track():
            return _leading(value)
        case Runbook(id=id) if id == ID:
            return _copy(value, {"free_text": ""})  # A draft with free text shows no steps.
    return value


def _laid_out(drawing: Drawing) -> Drawing:
    """`drawing` with a place for each of its parts."""
    box = Box(id=ID, x=0, y=0, width=9, height=9)
    edges = drawing.edges if drawing.nodes else ()
    routes = tuple(Route(line="M0,0", heads="M0,0") for _ in edges)
    nodes = drawing.nodes if drawing.clusters else [_copy(node, {"cluster": None}) for node in drawing.nodes]
    layout = Layout(width=9, height=9, nodes=(box,), clusters=(box,), routes=routes)
    return drawing.model_copy(update={"nodes": tuple(nodes), "edges": edges, "layout": layout})


def _leading(track: Track) -> Track:
    """`track` with a step that leads to each kind of target."""
    empty = {kind.replace("-", "_"): None for kind in TARGETS}

    def led(entry: TrackEntry, kind: str) -> TrackEntry:
        target = entry.url or ADDRESS % "step" if kind == "url" else ID
        return entry.model_copy(update={**empty, kind.replace("-", "_"): target})

    stages = {name: getattr(track, name) for name in ("day_one", "week_one", "month_one")}
    steps = {name: tuple(map(led, itertools.cycle(each), TARGETS)) for name, each in stages.items() if each}
    return track.model_copy(update=steps)


def field_name(model: type, name: str) -> str:
    """How a field is called here: no two models have one name."""
    return f"{model.__name__}.{name}"


def _hints(model: type) -> dict[str, Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    if issubclass(model, BaseModel):
        return {name: hints[name] for name in model.model_fields}
    assert dataclasses.is_dataclass(model)
    return {each.name: hints[each.name] for each in dataclasses.fields(model) if each.init}


def models_below(*models: type) -> tuple[type[BaseModel], ...]:
    """The models that the fields of `models` hold, and these themselves where they are models."""
    found = list(dict.fromkeys(models))
    for each in found:
        hints = typing.get_type_hints(each).values()
        found += dict.fromkeys(part for hint in hints for part in parts(hint) if is_model(part) and part not in found)
    return tuple(filter(is_model, found))


def parts(hint: Any) -> Iterator[Any]:
    """`hint` and all that it is made of."""
    yield hint
    for argument in typing.get_args(hint):
        yield from parts(argument)


def is_model(hint: Any) -> typing.TypeGuard[type[BaseModel]]:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


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
