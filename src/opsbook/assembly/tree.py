"""What lies in the folders of a project that must not be read or published, before anything in them is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.problems import Problem
from opsbook.source.files import file_problem, folder_problems

DRAWINGS = "diagrams"
FILES = ("checklist.yml", "services.yml")
FOLDERS = ("runbooks", DRAWINGS, "post-mortems", "macros")


def tree_problems(root: Path, docs: Path) -> Iterator[Problem]:
    """Links that lead out of the project `root` or around in a circle, special files, and what cannot be read.

    `docs` is the folder of the hand-written pages. MkDocs follows each link in it, so this comes before it looks.
    """
    for name in FILES:
        yield from file_problem(root / name, name)
    for name in FOLDERS:
        yield from folder_problems(root / name, name)
    yield from folder_problems(docs, docs.name)
