"""One room knows MkDocs, Material and mkdocs-macros, and one folder in it what they do not document."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import opsbook

ENGINE = Path(opsbook.__file__).parent
ROOM = ENGINE / "mkdocs"
FOREIGN = frozenset({"material", "mkdocs", "mkdocs_macros", "properdocs"})


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, in functions and for type checkers too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_no_other_room_imports_the_site_engine() -> None:
    found = [
        f"{path.relative_to(ENGINE)}: {name}"
        for path in ENGINE.rglob("*.py")
        if not path.is_relative_to(ROOM)
        for name in imports(path)
        if name.partition(".")[0] in FOREIGN
    ]
    assert found == []


def test_what_somebody_elses_object_keeps_to_itself_is_used_in_one_folder_alone() -> None:
    found = [
        f"{path.relative_to(ENGINE)}:{node.lineno}: {ast.unparse(node)}"
        for path in ROOM.rglob("*.py")
        if not path.is_relative_to(ROOM / "compat")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_own(node.value)
    ]
    assert found == []


def is_private(name: str) -> bool:
    # `os._exit` is documented, whatever its name says.
    return name.startswith("_") and not name.endswith("__") and name != "_exit"


def is_own(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and (owner.id in ("self", "cls") or owner.id.lstrip("_")[:1].isupper())


def test_each_reach_has_the_address_of_what_it_rests_on() -> None:
    for path in sorted((ROOM / "compat").glob("[!_]*.py")):
        text = path.read_text("utf-8")
        functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
        bare = [
            node.name
            for node in functions
            if not node.name.startswith("_") and not any("#" in line for line in body(text, node))
        ]
        assert "https://github.com/" in text, path.name
        assert set(bare) <= {"macro_settings", "macros_plugin", "search_plugin", "refuse_theme", "is_of_theme"}, (
            path.name
        )


def body(text: str, node: ast.FunctionDef) -> list[str]:
    return text.splitlines()[node.lineno - 1 : node.end_lineno]
