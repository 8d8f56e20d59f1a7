"""Build a tree with a position for each key and value from the events of a YAML reader, and refuse what is unsafe.

Every scalar stays the text that was written: `no`, `on`, `22:30` and `1.10` mean themselves, and the model
decides what they are. Refused, each with its position: duplicate keys, anchors, aliases, merge keys, tags, several
documents, keys that are not text, nesting deeper than MAX_DEPTH, more than MOST_VALUES values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from opsbook.problems import MORE_THAN_TOLD, MOST_TOLD, Problem
from opsbook.source.characters import forbidden_characters
from opsbook.source.tree import Location, Position, Tree, YamlDocument, short

MAX_DEPTH = 24
MOST_VALUES = 50_000
"""How many values a document may hold. What a value costs behind the reader is far more than its few bytes.

Written by people, one takes 24 to 43 bytes, so that a file of the largest size has less.
"""


class UnreadRestError(Exception):
    """The rest of a document that is nested too deep, too large or full of mistakes is not read."""


@dataclass
class Builder:
    """A document while it is read: its positions so far, and its problems."""

    path: str
    line_offset: int
    problems: list[Problem] = field(default_factory=list)
    values: dict[Location, Position] = field(default_factory=dict)
    keys: dict[Location, Position] = field(default_factory=dict)
    plain: set[Location] = field(default_factory=set)

    def finished(self, events: Iterator[yaml.Event]) -> YamlDocument | None:
        """Return the document of `events`; None where something in it is refused, which is then in `problems`."""
        tree = self._document(events)
        return None if self.problems else YamlDocument(self.path, tree, self.values, self.keys, frozenset(self.plain))

    def _document(self, events: Iterator[yaml.Event]) -> Tree:
        tree: Tree = {}
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.values:
                self._refuse(event, "a second document starts here; allowed: one document a file")
                break
            if isinstance(event, yaml.NodeEvent):
                tree = self._node(event, events, ())
        return tree

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], location: Location) -> Tree:
        self.values[location] = self._position(event)
        self._check(event)
        if len(location) > MAX_DEPTH:
            self._refuse(event, f"this is nested deeper than {MAX_DEPTH} levels; make it flatter")
            raise UnreadRestError
        if len(self.values) > MOST_VALUES:
            self._refuse(event, f"more than {MOST_VALUES} values; split the file or make it smaller")
            raise UnreadRestError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, location)
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            self.plain.add(location)
        return str(event.value) if isinstance(event, yaml.ScalarEvent) else ""

    def _mapping(self, events: Iterator[yaml.Event], location: Location) -> dict[str, Tree]:
        result: dict[str, Tree] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, location)
            duplicate = key in result
            if duplicate:
                first = self.keys[*location, key]
                self._refuse(event, f"duplicate key `{short(key)}`; the first one stands on line {first.line}")
            else:
                self.keys[*location, key] = self._position(event)
            value = self._node(_start(next(events)), events, (*location, key))
            if not duplicate:
                result[key] = value
        return result

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key is a list, a mapping or an alias; allowed: text")
            self._node(_start(event), events, (*location, "?"))
            return "?"
        self._check(event)
        if event.value == "<<" and not event.style:
            self._refuse(event, "merge keys (`<<`) are not allowed; write the keys out")
        return str(event.value)

    def _sequence(self, events: Iterator[yaml.Event], location: Location) -> list[Tree]:
        result: list[Tree] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._node(_start(event), events, (*location, len(result))))
        return result

    def _check(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"aliases (`*{short(event.anchor or '')}`) are not allowed; write the value out")
        elif event.anchor:
            self._refuse(event, f"anchors (`&{short(event.anchor)}`) are not allowed; remove it")
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse(event, f"tags (`{short(tag)}`) are not allowed; write the value without it, or in quotes")
        if isinstance(event, yaml.ScalarEvent) and event.style == '"':  # Escapes bring in what `decode` kept out.
            for _, message in forbidden_characters(event.value, most=1):
                self._refuse(event, f"in this text {message}")

    def _refuse(self, event: yaml.Event, message: str) -> None:
        at = self._position(event)
        if len(self.problems) == MOST_TOLD:
            self.problems.append(Problem(self.path, at.line, at.column, MORE_THAN_TOLD))
            raise UnreadRestError
        self.problems.append(Problem(self.path, at.line, at.column, message))

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        if mark is None:
            raise TypeError(f"an event without a place: {event}")
        return Position(mark.line + 1 + self.line_offset, mark.column + 1)

    def problem(self, line: int, column: int, message: str) -> Problem:
        """Return the problem `message` at a line and column that count from 0 within the text."""
        return Problem(self.path, line + 1 + self.line_offset, column + 1, message)


def _start(event: yaml.Event) -> yaml.NodeEvent:
    """Return `event` as the start of a node. Raise TypeError where it is none, which the grammar rules out."""
    if not isinstance(event, yaml.NodeEvent):
        raise TypeError(f"a node was expected, not {event}")
    return event
