"""Parse YAML text into a tree of mappings, lists and strings with a position for each key and value.

libyaml reads valid text, and PyYAML's own reader the rest, since the messages of that one are explained here.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import yaml

from opsbook.problems import ProblemsError
from opsbook.source.builder import Builder, UnreadRestError
from opsbook.source.syntax import locate_syntax_error
from opsbook.source.tree import Position, YamlDocument

# libyaml counts lines and columns in another way after these, and lets a tab stand where none is allowed.
_READ_OTHERWISE = re.compile("[\t\x85\u2028\u2029\ufeff]")
MOST_LEVELS = 100
_NO_CHARACTER = "this escape stands for no character; use single quotes"


def parse_yaml(text: str, path: str, *, first_line: int = 1) -> YamlDocument:
    """Return the document in `text`, which starts at `first_line` of the file `path`. Raise ProblemsError."""
    return _read_quickly(text, path, first_line) or _read(text, path, first_line)


def compose_yaml(text: str) -> list[yaml.Node]:
    """Return the nodes of the documents in foreign `text`, with all of YAML. Raise yaml.YAMLError, RecursionError."""
    loader = _quick_loader(text)
    with contextlib.suppress(yaml.YAMLError):
        if loader and yaml_too_deep(text) is None:
            return [node for node in yaml.compose_all(text, Loader=loader) if node]
    slow = yaml.SafeLoader(text)
    nodes = []
    try:
        while slow.check_node():
            nodes.append(slow.get_node())
    except (ValueError, OverflowError):  # As in `_read`: any digits are taken for a character.
        mark = slow.get_mark()
        raise yaml.scanner.ScannerError(None, None, _NO_CHARACTER, mark) from None
    return [node for node in nodes if node]


def yaml_too_deep(text: str) -> Position | None:
    """Return where `text` is first nested deeper than MOST_LEVELS; None where it is not.

    libyaml would end the process when it makes nodes of thousands of levels.
    """
    depth = -1
    for event in yaml.parse(text, Loader=_quick_loader(text) or yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_LEVELS and event.start_mark:
            return Position(event.start_mark.line + 1, event.start_mark.column + 1)
    return None


def _quick_loader(text: str) -> type[yaml.SafeLoader] | None:
    """Return libyaml's loader, ten times as fast as PyYAML's own; None where it is missing or may misread `text`."""
    loader: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
    return None if _READ_OTHERWISE.search(text) else loader


def _read_quickly(text: str, path: str, first_line: int) -> YamlDocument | None:
    """Return the document as libyaml reads it; None where that cannot be used, or the text has a mistake."""
    loader = _quick_loader(text)
    if loader is None:
        return None
    builder = Builder(path, first_line - 1)
    try:
        return builder.finished(_events(loader(text)))
    except (yaml.YAMLError, ValueError, UnreadRestError):
        return None


def _read(text: str, path: str, first_line: int) -> YamlDocument:
    """Return the document as PyYAML's own reader reads it. Raise ProblemsError with every mistake, explained."""
    builder = Builder(path, first_line - 1)
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n"), error.position - before.rfind("\n") - 1)
        raise ProblemsError([builder.problem(*place, "this character is not allowed; remove it")]) from None
    try:
        document = builder.finished(_events(loader))
    except yaml.MarkedYAMLError as error:
        raise ProblemsError(
            [*builder.problems, builder.problem(*locate_syntax_error(error, text.split("\n")))]
        ) from None
    except (ValueError, OverflowError):  # PyYAML turns any digits into a number: `"\UFFFFFFFF"`, `%YAML 9999…`.
        mark = loader.get_mark()
        message = _NO_CHARACTER if mark.line else "this directive is not allowed; remove the line"
        raise ProblemsError([*builder.problems, builder.problem(mark.line, mark.column, message)]) from None
    except UnreadRestError:
        raise ProblemsError(builder.problems) from None
    if document is None:
        raise ProblemsError(builder.problems)
    return document


def _events(loader: yaml.SafeLoader) -> Iterator[yaml.Event]:
    while loader.check_event():
        yield loader.get_event()  # type: ignore[no-untyped-call]
