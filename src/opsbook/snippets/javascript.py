"""Check that JavaScript blocks parse, by the grammar of tree-sitter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import package
from opsbook.source.tree import short


def check_javascript(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield where a block parses neither as a module nor as a script."""
    tree_sitter = package("tree_sitter")
    parser = tree_sitter.Parser(tree_sitter.Language(package("tree_sitter_javascript").language()))
    for snippet in snippets:
        for node in _broken(parser.parse(snippet.code.encode()).root_node):
            line, column = node.start_point
            before = snippet.code.split("\n")[line].encode()[:column].decode(errors="replace")
            found = short(node.text.decode(errors="replace"), 40)
            message = f"a `{node.type}` is missing here" if node.is_missing else f"`{found}` does not parse"
            yield snippet.problem(line + 1, len(before) + 1, f"not valid JavaScript: {message}")


def _broken(node: Any) -> Iterator[Any]:
    """Yield the innermost nodes that could not be read."""
    inside = [each for child in node.children if child.has_error or child.is_missing for each in _broken(child)]
    if node.is_missing or (node.is_error and not inside):
        yield node
    yield from inside
