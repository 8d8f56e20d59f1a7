"""Search the node classes of `diagrams` for a word, in their names and modules."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

import diagrams


@dataclass(frozen=True)
class NodeClass:
    """One class. `module` is such as `diagrams.aws.compute`; `alias_of` is the class that an alias stands for."""

    module: str
    name: str
    alias_of: str | None = None

    @property
    def statement(self) -> str:
        """Return the line that imports the class."""
        return f"from {self.module} import {self.name}"


@cache
def node_modules() -> tuple[str, ...]:
    """Return every module of the installed `diagrams` that may define node classes."""
    found = pkgutil.walk_packages(diagrams.__path__, "diagrams.")
    return tuple(sorted(module.name for module in found if module.name != "diagrams.cli"))


@cache
def node_classes() -> tuple[NodeClass, ...]:
    """Return every node class of the installed `diagrams`, by module and name."""
    return tuple(found for module in node_modules() for found in _classes(module))


def _classes(module: str) -> list[NodeClass]:
    found = []
    for name, value in sorted(vars(importlib.import_module(module)).items()):
        known = isinstance(value, type) and issubclass(value, diagrams.Node) and value.__module__ == module
        # https://github.com/mingrammer/diagrams/blob/v0.25.1/diagrams/__init__.py#L292 (without one it is a base class)
        if known and not name.startswith("_") and (value._icon or module == "diagrams.custom"):
            found.append(NodeClass(module, name, None if value.__name__ == name else value.__name__))
    return found


def find_nodes(word: str, *, most: int = 40) -> tuple[NodeClass, ...]:
    """Return the classes for a word, best first: its own name, then names that start with it, contain it, resemble it.

    >>> find_nodes("lambda")[0].statement
    'from diagrams.aws.compute import Lambda'
    """
    parts = word.lower().split()
    held = [found for found in node_classes() if all(part in f"{found.module}.{found.name}".lower() for part in parts)]
    if held:
        key = "".join(parts)
        return tuple(sorted(held, key=lambda found: _rank(found, key))[:most])
    return near_nodes(word)[:most]


def _rank(found: NodeClass, word: str) -> tuple[int, int, str, str]:
    name = found.name.lower()
    place = 0 if name == word else 1 if name.startswith(word) else 2 if word in name else 3
    return (place, len(name), found.module, found.name)


def near_nodes(word: str) -> tuple[NodeClass, ...]:
    """Return the classes whose name is spelt nearly like a word, nearest first."""
    names: dict[str, list[NodeClass]] = {}
    for found in node_classes():
        names.setdefault(found.name.lower(), []).append(found)
    near = difflib.get_close_matches(word.lower(), names, n=6, cutoff=0.75)
    return tuple(found for name in near for found in names[name])
