"""Write files into a folder, with a list of those that a later run may replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from opsbook.problems import Problem, ProblemsError
from opsbook.whole import make_folder, write_files

LIST = ".opsbook-generated"
"""The list of the files that were written, one on each line. All other files belong to somebody else and stay."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files`, by path, into `folder`, and remove those that only an earlier run wrote.

    Raises ProblemsError, with no file touched, if the folder has files but no list of ours, or if the disk is full.
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
    """Remove one file of an earlier run and the folders that it leaves empty.

    Somebody may have edited the list, so a path that leads out of `folder` is ignored.
    """
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        return
    (folder / parts).unlink(missing_ok=True)
    for parent in list(parts.parents)[:-1]:
        if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()
