"""The rooms of the engine that makes this site, and which room imports which: drawn from the imports themselves.

An arrow leads from a room to one that it imports. Where a room reaches another by way of a third as well, the shorter
arrow is left out, so that the picture shows the order of the rooms.
"""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

from diagrams import Diagram
from diagrams.programming.language import Python

PACKAGE = "opsbook"
IMPORT = re.compile(
    rf"^[ \t]*((?:from {PACKAGE}[\w.]* import|import {PACKAGE}\b)[ \t]*(?:\([^)]*\)|.*))$", re.MULTILINE
)


def rooms(package: Path) -> dict[str, list[Path]]:
    """Return the modules of each room: a folder of the package, or a module beside the folders."""
    found: dict[str, list[Path]] = {}
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        found.setdefault(room, []).append(path)
    return found


def imported(module: Path) -> set[str]:
    """Return the rooms that a module imports, at its top or inside of a function.

    Only the statements of imports are parsed: the whole of three hundred modules takes a second or two.
    """
    names: set[str] = set()
    for statement in IMPORT.findall(module.read_text(encoding="utf-8")):
        (node,) = ast.parse(statement).body
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE}.")}


def reaches(start: str, end: str, arrows: dict[str, set[str]]) -> bool:
    """Return whether `arrows` lead from `start` to `end`."""
    seen, ahead = {start}, [start]
    while ahead:
        fresh = arrows[ahead.pop()] - seen
        if end in fresh:
            return True
        seen |= fresh
        ahead += sorted(fresh)
    return False


def reduced(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return `arrows` without those whose two ends are connected by way of other rooms too."""
    kept = {room: set(others) for room, others in arrows.items()}
    for room in sorted(kept):
        for other in sorted(kept[room]):
            kept[room].discard(other)
            if not reaches(room, other, kept):
                kept[room].add(other)
    return kept


spec = find_spec(PACKAGE)
assert spec is not None
assert spec.submodule_search_locations is not None
modules = rooms(Path(spec.submodule_search_locations[0]))
for name in ("__init__", "__main__"):  # They are of no room.
    modules.pop(name)
uses = {room: set().union(*map(imported, paths)) & modules.keys() - {room} for room, paths in modules.items()}

with Diagram("The rooms of Opsbook", show=False, direction="LR", graph_attr={"ranksep": "0.2"}):
    nodes = {
        room: Python(f"{room}\n{len(paths)} modules" if len(paths) > 1 else room) for room, paths in modules.items()
    }
    for room, others in sorted(reduced(uses).items()):
        for other in sorted(others):
            nodes[room] >> nodes[other]
