"""Cut a mapping out of a document as a text of its own, with each line where it was, for a tool to read."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from opsbook.problems import Problem
from opsbook.snippets.yaml_tree import Path, SnippetDocument

_BORROWS = re.compile(r"(?::|-|\[|,)[ ]+[*&]\w|<<:")


@dataclass(frozen=True)
class Excerpt:
    """A YAML text with one document, the mapping at `path`. Columns are `indent` less than in the block."""

    document: SnippetDocument
    path: Path
    text: str
    indent: int
    is_placed: bool

    def problem(self, line: int, column: int, message: str) -> Problem:
        """Return the problem `message` at a place of `text`, counted from 1."""
        if not self.is_placed:
            return self.document.problem(self.path, message)
        return self.document.snippet.problem(line, column + self.indent, message)

    def at_line(self, line: int, message: str) -> Problem:
        """Return the problem `message` at the first key or value on a line of `text`."""
        lines = self.text.split("\n")
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        return self.problem(line, len(text) - len(text.lstrip(" -")) + 1, message)


def excerpt(document: SnippetDocument, path: Path, without: Collection[Path] = ()) -> Excerpt:
    """Return the mapping at `path`. One in flow style, or with anchors, is written anew, without places of its own.

    The keys at the paths `without` are left out; blanks are in their place.
    """
    lines = document.snippet.code.split("\n")
    is_flow = any(lines[document.keys[key][0] - 1][: document.keys[key][1] - 1].strip(" -") for key in without)
    for key in () if is_flow else without:
        _blank_out(document, lines, key)
    start, column = document.places[path]
    indent = column - 1
    taken = [" " * indent + lines[start - 1][indent:], *lines[start : document.ends[path] - 1]]
    kept = ["" if line.lstrip().startswith("#") and line[:indent].strip() else line for line in taken]
    whole = "\n".join(kept)
    if (
        is_flow
        or whole.lstrip().startswith("{")
        or _BORROWS.search(whole)
        or any(line[:indent].strip() for line in kept)
    ):
        return Excerpt(document, path, json.dumps(_copied(document.at(path), path, without)), 0, False)
    text = "\n".join([""] * (start - 1) + [line[indent:] for line in kept])
    return Excerpt(document, path, f"{text}\n", indent, True)


def _blank_out(document: SnippetDocument, lines: list[str], key: Path) -> None:
    first, column = document.keys[key]
    # What ends on the line where it begins has that line as its end too; what is in block style ends on the next one.
    last = max(document.ends[key] - 1, first)
    lines[first - 1] = lines[first - 1][: column - 1]
    lines[first:last] = [""] * (last - first)


def _copied(value: object, path: Path, without: Collection[Path]) -> object:
    if isinstance(value, dict):
        kept = {key: inside for key, inside in value.items() if (*path, key) not in without}
        return {key: _copied(inside, (*path, key), without) for key, inside in kept.items()}
    if isinstance(value, list):
        return [_copied(inside, (*path, at), without) for at, inside in enumerate(value)]
    return value
