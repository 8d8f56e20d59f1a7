"""Replace a folder by a finished one, in one step where the system can.

A reader sees either the old folder or the new one, even if a process is killed here.
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
    """Replace the folder `place` by the folder `new`, which is gone afterwards.

    Returns whether it was done by renaming the folder. If that is not possible, or not wanted (`by_files`), each file
    is replaced by a rename of its own: new files come first, and those that are gone are removed last. Raises OSError;
    if the folder was to be renamed, the old content is in place then.
    """
    renamed = not (by_files and place.exists()) and _renamed(new, place)
    if not renamed:
        _replace_files(new, place)
    shutil.rmtree(new, ignore_errors=True)
    return renamed


def exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders in one step. Raises OSError; ENOSYS if the system has no such call."""
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
    """Try to rename the folder, and return whether that was possible."""
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
    """Replace the files below `place` one by one. Names that begin with a dot stay, as MkDocs leaves them too."""
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
    """Return a sort key: pages come after the files that they load, and the home page is last."""
    return path.suffix == ".html", -len(path.parts), path


def _below(place: Path) -> Iterator[Path]:
    """Yield what is below `place`, outermost first, except for names at its top that begin with a dot."""
    for top in sorted(place.iterdir()):
        if not top.name.startswith("."):
            yield top
            if _is_folder(top):
                yield from sorted(top.rglob("*"))


def _move(file: Path, target: Path) -> None:
    """Rename a file over another one. On another file system, copy it beside the target and rename the copy."""
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
