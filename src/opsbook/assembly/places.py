"""Where each item of a checklist stands, and whether what it names as evidence is there."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from opsbook.graph import Place
from opsbook.nouns.checklist.load import nodes
from opsbook.nouns.checklist.model import Checklist, Item
from opsbook.nouns.checklist.roadmap import phases_by_item
from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import not_regular, read_bytes
from opsbook.source.tree import YamlDocument, short

MOST_EVIDENCE = 64 * 1_048_576
"""How many bytes of a file are searched for the text that it is said to hold."""


def find_places(checklist: Checklist, document: YamlDocument) -> dict[str, Place]:
    """The place of each item, by its id."""
    lines = {node.id: document.position(at).line for at, node in nodes(checklist)}
    phases = phases_by_item(checklist)
    places: dict[str, Place] = {}
    for area in checklist.areas:
        for group, items in ((None, area.items), *((group, group.items) for group in area.groups)):
            for item, parent in _with_parents(items, None):
                places[item.id] = Place(item, area, group, parent, phases.get(item.id), lines[item.id])
    return places


def _with_parents(items: tuple[Item, ...], parent: Item | None) -> Iterator[tuple[Item, Item | None]]:
    for item in items:
        yield item, parent
        yield from _with_parents(item.items, item)


def evidence_problems(root: Path, checklist: Checklist, document: YamlDocument) -> Iterator[Problem]:
    """A file that is named as evidence exists inside the repository and holds what it is said to hold."""
    for at, node in nodes(checklist):
        if not isinstance(node, Item):
            continue
        for index, evidence in enumerate(node.evidence):
            if evidence.file is None:
                continue
            place = (*at, "evidence", index, "file")
            if fault := _fault(root, evidence.file):
                yield document.problem(place, fault)
            elif evidence.contains and (fault := _lack(root / evidence.file, evidence.file, evidence.contains)):
                yield document.problem((*at, "evidence", index, "contains"), fault)


def _fault(root: Path, name: str) -> str:
    """What is wrong with the file or folder `name` of the repository `root`, as far as that shows unopened."""
    shown = short(name, most=120)
    try:
        file = (root / name).resolve()
        if not file.is_relative_to(root.resolve()):
            return f"`{shown}` lies outside the repository"
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return f"no such file: `{shown}`; name one from the repository's root"
    except OSError as error:
        return f"`{shown}` cannot be looked at: {error.strerror}"
    except (RuntimeError, ValueError):  # A link to itself, or what no path may hold.
        return f"`{shown}` is no path of a file; name one from the repository's root"
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else f"`{shown}`: {not_regular(mode)}"


def _lack(file: Path, name: str, text: str) -> str:
    """What keeps `file`, which is called `name`, from being proof by the `text` in it."""
    if file.is_dir():
        return f"`{name}` does not hold `{text}`"
    try:
        data = read_bytes(file, name, most=MOST_EVIDENCE)
    except ProblemsError as error:
        return f"`{name}` {error.problems[0].message}"
    if text in data.decode("utf-8", errors="replace"):
        return ""
    if len(data) > MOST_EVIDENCE:
        return f"the first {MOST_EVIDENCE // 1_048_576} MiB of `{name}` do not hold `{text}`; name a smaller file"
    return f"`{name}` does not hold `{text}`"
