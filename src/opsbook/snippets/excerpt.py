"""Cut a mapping out of a document as a text of its own, with each line where it was, for a tool to read."""

from __future__ import annotations

import json
import re
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


def excerpt(document: SnippetDocument, path: Path) -> Excerpt:
    """Return the mapping at `path`. One in flow style, or with anchors, is written anew, without places of its own."""
    lines = document.snippet.code.split("\n")
    start, column = document.places[path]
    indent = column - 1
    taken = [" " * indent + lines[start - 1][indent:], *lines[start : document.ends[path] - 1]]
    kept = ["" if line.lstrip().startswith("#") and line[:indent].strip() else line for line in taken]
    whole = "\n".join(kept)
    if whole.lstrip().startswith("{") or _BORROWS.search(whole) or any(line[:indent].strip() for line in kept):
        return Excerpt(document, path, json.dumps(document.at(path)), 0, False)
    text = "\n".join([""] * (start - 1) + [line[indent:] for line in kept])
    return Excerpt(document, path, f"{text}\n", indent, True)
