"""Make what was written outlast a machine that stops at once, and copy a built site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from opsbook.problems import Problem, ProblemsError


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder`, in a fixed order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def sync(path: Path) -> None:
    """Wait until a file, or the list of names in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_below(folder: Path) -> None:
    """Wait until `folder` and everything below it is on the disk."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def copy_site(site: Path, place: Path) -> None:
    """Copy the built site to the new folder `place`. Raises ProblemsError for what is no file and no folder.

    A symbolic link could lead out of the site, to something that nobody meant to publish.
    """
    entries = sorted(site.rglob("*"))
    odd = [path for path in entries if path.is_symlink() or not (path.is_file() or path.is_dir())]
    if odd:
        message = "is a symbolic link or a device; allowed: files and folders"
        raise ProblemsError(Problem(path.as_posix(), 0, 0, message) for path in odd)
    place.mkdir()
    for path in entries:
        target = place / path.relative_to(site)
        target.mkdir() if path.is_dir() else shutil.copyfile(path, target)
