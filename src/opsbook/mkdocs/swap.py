"""Puts a finished folder in the place of another one, in one step where the system can.

A reader sees the old folder or the new one, and so does whoever looks after a process was killed here.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE, https://man7.org/linux/man-pages/man2/rename.2.html
_NUMBERS = {"x86_64": 316, "aarch64": 276, "riscv64": 276}
"""The number of the call `renameat2` by processor, for a C library without a function of that name."""
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
"""The system or the file system has no such call: two renames do it, with a moment between them."""
_NO_RENAME = {errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES}
"""The folder itself cannot be renamed: a mount point, a part of a container's image, a parent of somebody else."""
SUFFIX = ".part"
OLD = f".old{SUFFIX}"
"""How the name of an old folder ends between two renames."""


def change_over(new: Path, place: Path, *, by_files: bool = False) -> bool:
    """Put the content of the folder `new` at `place`, and take away what was there; `new` is gone afterwards.

    Returns whether it was done by renaming the folder. Where that is not possible, or not wanted as `by_files` says,
    each file is replaced by a rename of its own: new files come first, and those that are gone go last.
    Raises OSError with the old content in place where the folder was to be renamed.
    """
    renamed = not (by_files and place.exists()) and _renamed(new, place)
    if not renamed:
        _replace_files(new, place)
    shutil.rmtree(new, ignore_errors=True)
    return renamed


def exchange(one: Path, other: Path) -> None:
    """Let two folders change names, in one step. Raises OSError; ENOSYS where the system has no such call."""
    arguments = (_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    number = _NUMBERS.get(platform.machine()) if sys.maxsize > 2**32 else None
    if function := getattr(library, "renameat2", None):
        failed = function(*arguments)
    elif library and number:
        failed = library.syscall(number, *arguments)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(one))


def _renamed(new: Path, place: Path) -> bool:
    """Try to rename the folder; whether that was possible."""
    try:
        if not place.exists():
            new.rename(place)
        else:
            exchange(new, place)
    except OSError as error:
        if error.errno in _NO_EXCHANGE:
            return _renamed_twice(new, place)
        if error.errno in _NO_RENAME:
            return False
        raise
    return True


def _renamed_twice(new: Path, place: Path) -> bool:
    old = new.with_name(f"{new.name.removesuffix(SUFFIX)}{OLD}")
    try:
        place.rename(old)
    except OSError as error:
        if error.errno in _NO_RENAME:
            return False
        raise
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return True


def _replace_files(new: Path, place: Path) -> None:
    """Replace the files below `place` one by one. A name that begins with a point stays, as MkDocs leaves it."""
    kept = {path.relative_to(new) for path in new.rglob("*")}
    folders = {path for path in kept if _is_folder(new / path)}
    for path in sorted(folders):
        if not _is_folder(place / path):
            (place / path).unlink(missing_ok=True)
            (place / path).mkdir()
    for path in sorted(kept - folders, key=_turn):
        if _is_folder(place / path):
            shutil.rmtree(place / path)
        _move(new / path, place / path)
    for path in list(_below(place)):
        if path.relative_to(place) not in kept:
            shutil.rmtree(path, ignore_errors=True) if _is_folder(path) else path.unlink(missing_ok=True)


def _turn(path: Path) -> tuple[bool, int, Path]:
    """Pages come after the files that they ask for, and the home page last."""
    return path.suffix == ".html", -len(path.parts), path


def _below(place: Path) -> Iterator[Path]:
    """What is below `place`, outermost first, but for what begins with a point at its top."""
    for top in sorted(place.iterdir()):
        if not top.name.startswith("."):
            yield top
            if _is_folder(top):
                yield from sorted(top.rglob("*"))


def _move(file: Path, target: Path) -> None:
    """Rename a file over another one; across a border between file systems a copy beside it is renamed."""
    try:
        file.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy = target.with_name(f".{secrets.token_hex(8)}{SUFFIX}")
        try:
            shutil.copy2(file, copy, follow_symlinks=False)
            copy.replace(target)
        finally:
            copy.unlink(missing_ok=True)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
