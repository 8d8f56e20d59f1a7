"""The rooms of the engine: a room imports only rooms below it, and a noun of another noun its model alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import opsbook

PACKAGE = Path(opsbook.__file__).parent
ROOMS: tuple[frozenset[str], ...] = (
    frozenset({"__init__", "problems"}),
    frozenset({"versions", "whole"}),
    frozenset({"store"}),
    frozenset({"source"}),
    frozenset({"shell"}),
    frozenset({"rights"}),
    frozenset({"graph"}),
    frozenset({"site"}),
    frozenset({"nouns"}),
    frozenset({"markup", "secrets"}),
    frozenset({"web"}),
    frozenset({"snippets"}),
    frozenset({"content"}),
    frozenset({"assembly"}),
    frozenset({"convert"}),
    frozenset({"offline"}),
    frozenset({"mkdocs"}),
    frozenset({"macros", "generate", "publish"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""The rooms from the ground up; those of one line import nothing of each other."""

ENGINES = frozenset({"mkdocs", "material", "mkdocs_macros", "properdocs", "zensical"})
"""What only the room `mkdocs` imports."""


def modules() -> Iterator[tuple[tuple[str, ...], Path]]:
    """Each module of the package with its name below it, such as `("nouns", "runbook", "load")`."""
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).with_suffix("").parts, file


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """The line and the full name of each import, those inside of functions and for types alone too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "opsbook":
            yield from ((node.lineno, f"opsbook.{each.name}") for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def rank(room: str) -> int:
    return next((at for at, rooms in enumerate(ROOMS) if room in rooms), -1)


def test_every_room_of_the_package_has_its_place() -> None:
    rooms = {parts[0] for parts, _ in modules()}
    assert rooms == frozenset.union(*ROOMS)


def test_a_room_imports_only_rooms_below_it() -> None:
    wrong = [
        f"{'/'.join(parts)}:{line} imports {name}"
        for parts, file in modules()
        for line, name in imports(file)
        if name.startswith("opsbook.")
        and (room := name.split(".")[1]) != parts[0]
        and not (room.startswith("__") and parts[0] != "__init__")
        and rank(room) >= rank(parts[0])
    ]
    assert wrong == []


def test_a_noun_imports_of_another_noun_its_model_alone() -> None:
    wrong = [
        f"{'/'.join(parts)}:{line} imports {name}"
        for parts, file in modules()
        for line, name in imports(file)
        if parts[0] == "nouns" and len(parts) > 2 and name.startswith("opsbook.nouns.")
        for noun, *rest in [name.split(".")[2:]]
        if noun not in (parts[1], "kind") and rest[:1] != ["model"]
    ]
    assert wrong == []


def test_a_model_imports_of_other_nouns_models_alone_and_no_kind() -> None:
    """Models are what nouns know of each other, so they stand below everything else of a noun."""
    wrong = [
        f"{'/'.join(parts)}:{line} imports {name}"
        for parts, file in modules()
        for line, name in imports(file)
        if parts[0] == "nouns" and parts[2:3] == ("model",) and name.startswith("opsbook.nouns.")
        if name.split(".")[3:4] != ["model"] and name.split(".")[2] != parts[1]
    ]
    assert wrong == []


def test_only_the_room_at_the_border_imports_a_site_engine() -> None:
    wrong = [
        f"{'/'.join(parts)}:{line} imports {name}"
        for parts, file in modules()
        for line, name in imports(file)
        if name.split(".")[0] in ENGINES and parts[0] != "mkdocs"
    ]
    assert wrong == []


def test_nothing_shadows_the_package_of_the_drawings(root: Path) -> None:
    assert [file for _, file in modules() if file.name == "diagrams.py"] == []
    assert not (root / "diagrams" / "__init__.py").exists()
