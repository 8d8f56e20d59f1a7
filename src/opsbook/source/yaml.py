"""YAML text in, a tree of mappings, lists and strings with a position for each key and value out.

Every scalar stays the text that was written: `no`, `on`, `22:30` and `1.10` mean themselves, and the model
decides what they are. Refused, each with its position: duplicate keys, anchors, aliases, merge keys, tags, several
documents, keys that are not text, nesting deeper than MAX_DEPTH.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from opsbook.problems import Problem, ProblemsError
from opsbook.source.syntax import explain
from opsbook.source.text import forbidden_characters

MAX_DEPTH = 24
# libyaml counts lines and columns in another way after these, and lets a tab stand where none is allowed.
_READ_OTHERWISE = re.compile("[\t\x85\u2028\u2029\ufeff]")
_NO_CHARACTER = "this escape stands for no character; use single quotes"
Location = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True)
class Position:
    """Where something stands in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """A tree, and where each of its values (and the key that names it) stands."""

    path: str
    tree: Tree
    values: Mapping[Location, Position]
    keys: Mapping[Location, Position]
    plain: frozenset[Location] = frozenset()
    """The values that are written without quotes, which alone can stand for a number, a truth value or nothing."""

    def position(self, location: Location, *, key: bool = False) -> Position:
        """Where `location` (or the key that names it) stands, or the nearest thing above it that is in the file."""
        if key and location in self.keys:
            return self.keys[location]
        for length in range(len(location), -1, -1):
            found = self.values.get(location[:length])
            if found is not None:
                return found
        return Position(1, 1)

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """The problem `message` at `location`."""
        at = self.position(location, key=key)
        return Problem(self.path, at.line, at.column, message)


def parse_yaml(text: str, path: str, *, first_line: int = 1) -> Document:
    """The document in `text`, which starts at `first_line` of the file `path`. Raises ProblemsError."""
    return _read_quickly(text, path, first_line) or _read(text, path, first_line)


def _read_quickly(text: str, path: str, first_line: int) -> Document | None:
    """The document by libyaml, ten times as fast; None where it is not here, or the text has a mistake to be told."""
    loader: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
    if loader is None or _READ_OTHERWISE.search(text):
        return None
    builder = _Builder(path, first_line - 1)
    try:
        return builder.finished(_events(loader(text)))
    except (yaml.YAMLError, ValueError, _TooDeepError):
        return None


def _read(text: str, path: str, first_line: int) -> Document:
    """The document by PyYAML's own reader, whose words for a mistake are the ones that are explained."""
    builder = _Builder(path, first_line - 1)
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n"), error.position - before.rfind("\n") - 1)
        raise ProblemsError([builder.problem(*place, "this character is not allowed; remove it")]) from None
    try:
        document = builder.finished(_events(loader))
    except yaml.MarkedYAMLError as error:
        raise ProblemsError([*builder.problems, builder.problem(*explain(error, text.split("\n")))]) from None
    except (ValueError, OverflowError):  # PyYAML turns any digits into a number: `"\UFFFFFFFF"`, `%YAML 9999…`.
        mark = loader.get_mark()
        message = _NO_CHARACTER if mark.line else "this directive is not allowed; remove the line"
        raise ProblemsError([*builder.problems, builder.problem(mark.line, mark.column, message)]) from None
    except _TooDeepError:
        raise ProblemsError(builder.problems) from None
    if document is None:
        raise ProblemsError(builder.problems)
    return document


def _events(loader: yaml.SafeLoader) -> Iterator[yaml.Event]:
    while loader.check_event():
        yield loader.get_event()  # type: ignore[no-untyped-call]


class _TooDeepError(Exception):
    """The rest of a document that is nested too deep is not read."""


@dataclass
class _Builder:
    path: str
    line_offset: int
    problems: list[Problem] = field(default_factory=list)
    values: dict[Location, Position] = field(default_factory=dict)
    keys: dict[Location, Position] = field(default_factory=dict)
    plain: set[Location] = field(default_factory=set)

    def finished(self, events: Iterator[yaml.Event]) -> Document | None:
        """The document of `events`; None where `problems` has what is refused in it."""
        tree = self.document(events)
        return None if self.problems else Document(self.path, tree, self.values, self.keys, frozenset(self.plain))

    def document(self, events: Iterator[yaml.Event]) -> Tree:
        tree: Tree = {}
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.values:
                self.refuse(event, "a second document starts here; allowed: one document a file")
                break
            if isinstance(event, yaml.NodeEvent):
                tree = self.node(event, events, ())
        return tree

    def node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], location: Location) -> Tree:
        self.values[location] = self.position(event)
        self.check(event)
        if len(location) > MAX_DEPTH:
            self.refuse(event, f"this is nested deeper than {MAX_DEPTH} levels; make it flatter")
            raise _TooDeepError
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, location)
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            self.plain.add(location)
        return str(event.value) if isinstance(event, yaml.ScalarEvent) else ""

    def mapping(self, events: Iterator[yaml.Event], location: Location) -> dict[str, Tree]:
        result: dict[str, Tree] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event, events, location)
            duplicate = key in result
            if duplicate:
                first = self.keys[*location, key]
                self.refuse(event, f"duplicate key `{short(key)}`; the first one stands on line {first.line}")
            else:
                self.keys[*location, key] = self.position(event)
            value = self.node(_node(next(events)), events, (*location, key))
            if not duplicate:
                result[key] = value
        return result

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(event, "a key is a list, a mapping or an alias; allowed: text")
            self.node(_node(event), events, (*location, "?"))
            return "?"
        self.check(event)
        if event.value == "<<" and not event.style:
            self.refuse(event, "merge keys (`<<`) are not allowed; write the keys out")
        return str(event.value)

    def sequence(self, events: Iterator[yaml.Event], location: Location) -> list[Tree]:
        result: list[Tree] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self.node(_node(event), events, (*location, len(result))))
        return result

    def check(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"aliases (`*{short(event.anchor or '')}`) are not allowed; write the value out")
        elif event.anchor:
            self.refuse(event, f"anchors (`&{short(event.anchor)}`) are not allowed; remove it")
        tag = getattr(event, "tag", None)
        if tag:
            self.refuse(event, f"tags (`{short(tag)}`) are not allowed; write the value without it, or in quotes")
        if isinstance(event, yaml.ScalarEvent) and event.style == '"':  # Escapes bring in what `decode` kept out.
            for _, message in forbidden_characters(event.value, most=1):
                self.refuse(event, f"in this text {message}")

    def refuse(self, event: yaml.Event, message: str) -> None:
        at = self.position(event)
        self.problems.append(Problem(self.path, at.line, at.column, message))

    def position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        if mark is None:
            raise TypeError(f"an event without a place: {event}")
        return Position(mark.line + 1 + self.line_offset, mark.column + 1)

    def problem(self, line: int, column: int, message: str) -> Problem:
        """The problem `message` at a place that is counted from 0 within the text."""
        return Problem(self.path, line + 1 + self.line_offset, column + 1, message)


def short(text: str, most: int = 60) -> str:
    """`text` on one line, cut where it is longer than `most` characters, for use in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _node(event: yaml.Event) -> yaml.NodeEvent:
    """`event` as the start of a node, which it is wherever the grammar lets a value stand."""
    if not isinstance(event, yaml.NodeEvent):
        raise TypeError(f"a node was expected, not {event}")
    return event
