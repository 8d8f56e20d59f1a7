"""Find the pictures and other files beside runbooks and post-mortems, which are a part of the site as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from opsbook.assembly.tree import WITH_PROSE
from opsbook.problems import Problem
from opsbook.site.page import Asset
from opsbook.source.files import PICTURES, regular_files

ENDINGS = (*PICTURES, ".csv", ".json", ".pdf", ".txt", ".zip")
"""The endings of files that are published. A page of HTML or a script beside a runbook is none."""
_RULES = "runbooks/rules/"
_ACTIVE = re.compile(r"<\s*(?:script|foreignObject|iframe)\b|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def attached_paths(root: Path) -> tuple[str, ...]:
    """Return the paths of the files that are published from the folders of runbooks and post-mortems below `root`."""
    found = (file for folder in WITH_PROSE for file in regular_files(root / folder, deep=True))
    return tuple(filter(is_attached, (file.relative_to(root).as_posix() for file in found)))


def is_attached(path: str) -> bool:
    """Return whether the file `path` below the root is published as it is, by its folder and its ending."""
    is_beside = path.startswith(tuple(f"{folder}/" for folder in WITH_PROSE)) and not path.startswith(_RULES)
    return is_beside and path.lower().endswith(ENDINGS)


def attached_files(root: Path) -> Iterator[Asset]:
    """Yield those files as parts of the site."""
    for path in attached_paths(root):
        yield Asset(path, (root / path).read_bytes())


def active_part(picture: str) -> re.Match[str] | None:
    """Return what could run a program in the text of a drawing that is opened by itself; None where nothing could."""
    return _ACTIVE.search(picture)


def picture_problems(root: Path) -> Iterator[Problem]:
    """Yield a problem for each drawing that could run something when it is opened by itself."""
    for path in attached_paths(root):
        text = (root / path).read_text("utf-8", "replace") if path.lower().endswith(".svg") else ""
        if active := active_part(text):
            line = text.count("\n", 0, active.start()) + 1
            column = active.start() - (text.rfind("\n", 0, active.start()) + 1) + 1
            message = f"`{active[0].strip()}` in a picture could run a program; save the picture without it"
            yield Problem(path, line, column, message)
