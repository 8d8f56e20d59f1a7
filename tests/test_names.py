"""The words of the package: a public name stands for one thing, so that a reader never asks which one is meant."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import opsbook

PACKAGE = Path(opsbook.__file__).parent
ON_PURPOSE = {
    **dict.fromkeys(
        ("assets", "check", "due", "entries", "health", "load", "pages", "redirects"),
        "what a noun declares in its `Kind` is called alike in each of them",
    ),
    "described": "the plugin's options and the commands are documented alike",
    "main": "what a process runs; three modules are run as one",
    "makeExtension": "Python-Markdown looks for this name in the module of an extension",
    "new_command": "the `new` of a group of commands",
}
"""The functions that may have namesakes, and why."""


def types(tree: ast.Module) -> Iterator[str]:
    """The public classes of a module and its aliases of types, which are written as classes are: `Name = …`."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if name[:1].isupper() and not name.isupper())


def functions(tree: ast.Module) -> Iterator[str]:
    yield from (node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def namesakes(found: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Of names with their modules, the public ones that several modules have."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, module in found:
        if not name.startswith("_"):
            places[name].append(module)
    return {name: where for name, where in places.items() if len(where) > 1}


def test_a_class_has_its_name_to_itself() -> None:
    assert namesakes((name, module) for module, tree in modules() for name in types(tree)) == {}


def test_a_public_function_has_its_name_to_itself_or_a_reason_not_to() -> None:
    assert namesakes((name, module) for module, tree in modules() for name in functions(tree)).keys() == {*ON_PURPOSE}


def test_a_number_and_its_noun_are_joined_by_the_one_function_that_knows_one_from_many() -> None:
    counts = re.compile(r"\{len\([^{}]*\)\} [a-z]+s\b|\| length \}\} [a-z]+s\b|(?:\"s\"|'s') (?:if|\*)")
    files = [file for ending in ("py", "md", "html", "jinja") for file in sorted(PACKAGE.rglob(f"*.{ending}"))]
    found = [(file.name, found.group()) for file in files for found in counts.finditer(file.read_text("utf-8"))]
    assert found == []
