"""Files in, a folder that holds them out, and that remembers which of its files are ours to replace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from opsbook.problems import Problem, ProblemsError
from opsbook.store import write_whole

LIST = ".opsbook-generated"
"""The list of the files that were written, one a line. What is beside them belongs to somebody else and stays."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold `files`, by path, and none of those that an earlier run wrote and this one does not.

    Raises ProblemsError, with nothing touched, for a folder that holds anything and no list of ours.
    """
    before = _written_before(folder)
    for path in sorted(before - files.keys()):
        _forget(folder, path)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != content:
            target.write_bytes(content)
    write_whole(folder / LIST, "".join(f"{path}\n" for path in sorted(files)).encode())


def _written_before(folder: Path) -> set[str]:
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise ProblemsError([Problem(str(folder), 0, 0, "is not a folder; name a new or an empty one")])
    if (folder / LIST).is_file():
        return set((folder / LIST).read_text(encoding="utf-8").splitlines())
    if any(folder.iterdir()):
        message = "holds files that `opsbook generate` did not write; name a new or an empty folder"
        raise ProblemsError([Problem(str(folder), 0, 0, message)])
    return set()


def _forget(folder: Path, path: str) -> None:
    """Remove one file of an earlier run, and the folders that it leaves empty. A list can be edited: stay inside."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        return
    (folder / parts).unlink(missing_ok=True)
    for parent in list(parts.parents)[:-1]:
        if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()
