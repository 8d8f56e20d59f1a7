"""Make the folder that a build writes into, so that readers keep the old site until the new one is complete.

MkDocs empties the folder of the site at the start of a build and fills it until the end (`mkdocs.commands.build`), and
its plugins write to `config.site_dir`. So that setting names another folder while a build runs. A build that is killed
leaves its folder behind; the next build removes it, since nobody holds its lock any more.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
import shutil
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

from opsbook.mkdocs.swap import OLD, SUFFIX, change_over

if sys.platform != "win32":
    import fcntl

_MOUNTS = Path("/proc/self/mountinfo")
_SHORT = 40
"""How many characters of the site's name are used in that of the folder: they fit in any script."""


class Stage:
    """A folder for one build of the site at `site`, which need not exist. Raises OSError if none can be made.

    With `copied`, it starts with a copy of the site, for a build that writes only what has changed. With `by_files`,
    publishing keeps the folder of the site itself and replaces the files in it.
    """

    def __init__(self, site: Path, *, copied: bool = False, by_files: bool = False) -> None:
        self.site = site.resolve()
        if self.site.exists() and not self.site.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self.by_files = by_files or not _can_be_renamed(self.site)
        home = self.site if self.by_files and self.site.is_dir() else self.site.parent
        _sweep(self.site)
        self.folder, lock = _made(home, self.site.name)
        self._end = weakref.finalize(self, _discard, self.folder, lock)  # Also where the process ends by an exception.
        if self.site.is_dir():
            _dress(self.folder, self.site)
        if copied and self.site.is_dir():
            for entry in self.site.iterdir():
                if not entry.name.startswith("."):
                    _merge(entry, self.folder / entry.name, _copied)

    def publish(self) -> bool:
        """Replace the site by what was built. Returns whether that was one step.

        Files in the old folder whose names begin with a dot, such as `.git`, are not made by MkDocs, and stay. Raises
        OSError, with the old site in place, if that is not possible.
        """
        if not self.by_files and self.site.is_dir():
            for entry in _hidden(self.site):
                _merge(entry, self.folder / entry.name, _linked)
        renamed = change_over(self.folder, self.site, by_files=self.by_files)
        self.discard()
        return renamed

    def discard(self) -> None:
        """Remove what was built, unless it has been published."""
        self._end()


def _can_be_renamed(site: Path) -> bool:
    """Return whether the folder can be renamed: it is neither a mount point nor the working directory."""
    if not site.exists():
        return True
    mounts = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines() if _MOUNTS.is_file() else []
    if site.is_mount() or os.fspath(site).replace(" ", "\\040") in (line.split()[4] for line in mounts):
        return False
    return os.access(site.parent, os.W_OK) and not site.samefile(Path.cwd())


def _made(home: Path, name: str) -> tuple[Path, int | None]:
    """Return a new folder in `home` and the lock on it, which the system releases when this process ends in any way."""
    while True:
        folder = home / f".{name[:_SHORT]}.{secrets.token_hex(8)}{SUFFIX}"
        folder.mkdir()
        if sys.platform == "win32":
            return folder, None
        lock = _locked(folder)
        if lock is not None and folder.exists():  # Else another build's sweep came between.
            return folder, lock


def _sweep(site: Path) -> None:
    """Remove what killed builds of this site left, and restore the old site if one was killed between two renames."""
    pattern = f".{glob.escape(site.name[:_SHORT])}.{'[0-9a-f]' * 16}*{SUFFIX}"
    for left in [*site.parent.glob(pattern), *site.glob(pattern)]:
        if (lock := _locked(left)) is None:
            continue
        if left.name.endswith(OLD) and not site.exists():
            left.rename(site)
        shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """Return the lock of a folder; None if another process has it, or if the folder is gone."""
    if sys.platform == "win32":
        return None
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _discard(folder: Path, lock: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _dress(folder: Path, like: Path) -> None:
    """Give a folder the mode, the access lists and, where that is allowed, the owner of the folder `like`."""
    shutil.copystat(like, folder)
    with contextlib.suppress(OSError, AttributeError):
        os.chown(folder, like.stat().st_uid, like.stat().st_gid)
        shutil.copymode(like, folder)  # Changing the owner can take bits of it away.


def _hidden(site: Path) -> Iterator[Path]:
    """Return the entries that MkDocs leaves when it empties the folder of a site."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/__init__.py#L134
    return (entry for entry in site.iterdir() if entry.name.startswith(".") and not entry.name.endswith(SUFFIX))


def _merge(old: Path, new: Path, take: Callable[[Path, Path], object]) -> None:
    """Call `take` for each file of `old` that `new` does not have."""
    if old.is_dir() and not old.is_symlink():
        if not new.exists():
            new.mkdir()
            shutil.copystat(old, new)
        for entry in old.iterdir():
            _merge(entry, new / entry.name, take)
    elif not os.path.lexists(new):
        take(old, new)


def _copied(old: Path, new: Path) -> None:
    shutil.copy2(old, new, follow_symlinks=False)


def _linked(old: Path, new: Path) -> None:
    """Give a file a second name, which takes no space and shares what is written to it; copy it if that fails."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        _copied(old, new)
