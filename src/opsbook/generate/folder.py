"""Files in, a folder that holds them out, and that remembers which of its files are ours to replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from opsbook.problems import Problem, ProblemsError
from opsbook.whole import make_folder, write_files

LIST = ".opsbook-generated"
"""The list of the files that were written, one a line. What is beside them belongs to somebody else and stays."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold `files`, by path, and none of those that an earlier run wrote and this one does not.

    Raises ProblemsError, with no file touched, for a folder that holds anything and no list of ours, and where there
    is no room.
    """
    before = _written_before(folder)
    changed = {folder / path: content for path, content in files.items() if _is_other(folder / path, content)}
    for parent in {folder, *(path.parent for path in changed)}:
        make_folder(parent)
    # The list knows a file before that is there, and forgets it after it is gone, so that a run that is killed in
    # between leaves no file that seems to be somebody else's.
    write_files({folder / LIST: _list(before | files.keys()), **changed})
    for path in sorted(before - files.keys()):
        _forget(folder, path)
    write_files({folder / LIST: _list(files)})


def _is_other(file: Path, content: bytes) -> bool:
    return not file.is_file() or file.read_bytes() != content


def _list(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


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
