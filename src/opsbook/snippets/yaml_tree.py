"""Parse YAML text into documents of plain values, with the line and column of each key and value.

Keys are text as written (`on` is no truth value), dates and `22:30` are text, as they are to the Go programs that read
these files. Anchors, merge keys and unknown tags are read; a key that is written twice is a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from opsbook.problems import Problem, Severity
from opsbook.snippets.model import Snippet
from opsbook.snippets.yaml_scalars import resolve_scalar
from opsbook.source.syntax import locate_syntax_error
from opsbook.source.tree import Position
from opsbook.source.yaml import compose_yaml, yaml_too_deep

Path = tuple[str | int, ...]
LineColumn = tuple[int, int]
_MAX_NODES = 20_000
_MAX_DEPTH = 100
_TOO_MUCH = "this is nested too deep, or repeats too much by its anchors; make it flatter"


@dataclass(frozen=True)
class SnippetDocument:
    """A YAML document of a block. Places are counted from 1 in the block; `ends` are the lines after each value."""

    snippet: Snippet
    value: object
    places: Mapping[Path, LineColumn]
    keys: Mapping[Path, LineColumn]
    ends: Mapping[Path, int]

    def problem(self, path: Path, message: str, severity: Severity = Severity.ERROR, *, key: bool = False) -> Problem:
        """Return the problem `message` at the value (or the key) at `path`, or at the nearest thing around it."""
        if key and path in self.keys:
            return self.snippet.problem(*self.keys[path], message, severity)
        while path and path not in self.places:
            path = path[:-1]
        return self.snippet.problem(*self.places.get(path, (1, 1)), message, severity)

    def at_fence(self, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Return the problem `message` about the block as a whole."""
        return self.snippet.at_fence(message, severity)

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, object]]]:
        """Yield every mapping of the document with its path, the outer ones first."""
        value = self.at(path)
        if isinstance(value, dict):
            yield path, value
        inside = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        for key in inside:
            yield from self.walk((*path, key))

    def at(self, path: Path) -> object:
        """Return the value at `path`."""
        value = self.value
        for key in path:
            value = value[key]  # type: ignore[index]
        return value


def parse_documents(snippet: Snippet, code: str | None = None) -> tuple[list[SnippetDocument], list[Problem]]:
    """Return the documents of a block, and what is wrong with it. `code`, if given, is read in place of its text."""
    text = f"{snippet.code if code is None else code}\n"  # Else a block would end on its last line, not after it.
    try:
        nodes = compose_yaml(text)
    except yaml.YAMLError:
        return [], [_explained(snippet, text)]
    except RecursionError:
        at = yaml_too_deep(text) or Position(1, 1)
        return [], [snippet.problem(at.line, at.column, _TOO_MUCH)]
    documents, problems = [], []
    for node in nodes:
        builder = _Builder(snippet)
        value = builder.value(node, ())
        documents.append(SnippetDocument(snippet, value, builder.places, builder.keys, builder.ends))
        problems += builder.problems
    return documents, problems


def _explained(snippet: Snippet, text: str) -> Problem:
    """Return the problem of a text that is not valid YAML, in words for its author.

    PyYAML's own parser is asked, since `locate_syntax_error` knows its messages.
    """
    try:
        list(yaml.compose_all(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line, column, message = locate_syntax_error(error, text.split("\n"))
        return snippet.problem(line + 1, column + 1, message)
    except yaml.YAMLError as error:
        return snippet.problem(1, 1, f"not valid YAML: {' '.join(str(error).split())}")
    except RecursionError:
        return snippet.problem(1, 1, _TOO_MUCH)
    return snippet.problem(1, 1, "not valid YAML")


@dataclass
class _Builder:
    snippet: Snippet
    places: dict[Path, LineColumn] = field(default_factory=dict)
    keys: dict[Path, LineColumn] = field(default_factory=dict)
    ends: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def value(self, node: yaml.Node, path: Path) -> object:
        self.places[path] = _place(node)
        self.ends[path] = node.end_mark.line + 1
        if len(self.places) > _MAX_NODES or len(path) > _MAX_DEPTH:
            if not any(problem.message == _TOO_MUCH for problem in self.problems):
                self.problems.append(self.snippet.problem(*_place(node), _TOO_MUCH))
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, index)) for index, each in enumerate(node.value)]
        return resolve_scalar(node)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(self.snippet.problem(*_place(key_node), "a key is a list or a mapping"))
                continue
            key = str(key_node.value)
            if key == "<<" and not key_node.style:
                merged |= self.merged(value_node, path)
                continue
            if key in found:
                message = f"duplicate key `{key}`; the first one stands on line {self.first_line((*path, key))}"
                self.problems.append(self.snippet.problem(*_place(key_node), message))
                continue
            self.keys[*path, key] = _place(key_node)
            found[key] = self.value(value_node, (*path, key))
        return merged | found

    def first_line(self, path: Path) -> int:
        return self.snippet.first + self.keys[path][0] - 1

    def merged(self, node: yaml.Node, path: Path) -> dict[str, object]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found: dict[str, object] = {}
        for each in reversed(nodes):
            value = self.value(each, path)
            found |= value if isinstance(value, dict) else {}
        return found


def _place(node: yaml.Node) -> LineColumn:
    return node.start_mark.line + 1, node.start_mark.column + 1
