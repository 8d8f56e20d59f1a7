"""Find files in a project that must not be read or published, before anything is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.assembly.kinds import KINDS
from opsbook.graph import Graph
from opsbook.problems import Problem
from opsbook.source.files import file_problem, folder_problems, shown_path
from opsbook.source.sitefile import SiteFile

WITH_PROSE = tuple(name.rstrip("/") for kind in KINDS for name in kind.prose)
"""The folders below the root with Markdown by many authors, beside the hand-written pages."""
FILES = tuple(dict.fromkeys(name for kind in KINDS for name in kind.files))
"""What is read below the root: files, and folders with a slash at the end."""


def files_named_by(graph: Graph) -> Iterator[str]:
    """Yield the files below the root that are read because one of `FILES` names them."""
    for kind in KINDS:
        yield from kind.named(graph)


def tree_problems(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each link that leads out of `root` or in a circle, each special and each unreadable file.

    `docs` is the folder of the hand-written pages, from which `site` leaves files out.
    MkDocs follows every link in it, so this runs before MkDocs does.
    """
    for name in FILES:
        if name.endswith("/"):
            yield from folder_problems(root / name, name.rstrip("/"))
        else:
            yield from file_problem(root / name, name)
    yield from folder_problems(docs, shown_path(docs, root), lambda path: not site.is_read(path))
