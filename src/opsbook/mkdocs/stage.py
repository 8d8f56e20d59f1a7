"""The folder beside the site into which a build writes, so that readers keep the old site until the new one is whole.

MkDocs empties the folder of the site at the start of a build and fills it until the end (`mkdocs.commands.build`), and
its plugins write to `config.site_dir`. So that is another folder as long as a build lasts. A build that is killed
leaves one behind; the next build removes it, since nobody holds its lock any more.
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
"""As much of the site's name as fits into another one, whatever its script."""


class Stage:
    """A folder for one build of the site at `site`, which need not be there. Raises OSError where none can be made.

    `copied` starts with what the site holds, for a build that writes only what has changed. `by_files` keeps the
    folder of the site the same one, and changes what is in it.
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
        """Change over to what was built. Returns whether that was one step; raises OSError with the old site in place.

        What begins with a point in the old folder, such as `.git`, is no work of MkDocs, and stays.
        """
        if not self.by_files and self.site.is_dir():
            for entry in _hidden(self.site):
                _merge(entry, self.folder / entry.name, _linked)
        renamed = change_over(self.folder, self.site, by_files=self.by_files)
        self.discard()
        return renamed

    def discard(self) -> None:
        """Take away what was built, unless it has been published."""
        self._end()


def _can_be_renamed(site: Path) -> bool:
    """Whether the folder may get another one's place: it is no mount point, nor where this process stands in."""
    if not site.exists():
        return True
    mounts = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines() if _MOUNTS.is_file() else []
    if site.is_mount() or os.fspath(site).replace(" ", "\\040") in (line.split()[4] for line in mounts):
        return False
    return os.access(site.parent, os.W_OK) and not site.samefile(Path.cwd())


def _made(home: Path, name: str) -> tuple[Path, int | None]:
    """A new folder in `home` with a lock on it, which the system takes back when this process ends in any way."""
    while True:
        folder = home / f".{name[:_SHORT]}.{secrets.token_hex(8)}{SUFFIX}"
        folder.mkdir()
        if sys.platform == "win32":
            return folder, None
        lock = _locked(folder)
        if lock is not None and folder.exists():  # Else another build's sweep came between.
            return folder, lock


def _sweep(site: Path) -> None:
    """Take away what killed builds of this site left; put the old site back where one ended between two renames."""
    pattern = f".{glob.escape(site.name[:_SHORT])}.{'[0-9a-f]' * 16}*{SUFFIX}"
    for left in [*site.parent.glob(pattern), *site.glob(pattern)]:
        if (lock := _locked(left)) is None:
            continue
        if left.name.endswith(OLD) and not site.exists():
            left.rename(site)
        shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """The lock of a folder, or None where another process has it or the folder is gone."""
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
    """Give a folder the mode, the lists of access and, where that is allowed, the owner of another one."""
    shutil.copystat(like, folder)
    with contextlib.suppress(OSError, AttributeError):
        os.chown(folder, like.stat().st_uid, like.stat().st_gid)
        shutil.copymode(like, folder)  # Changing the owner can take bits of it away.


def _hidden(site: Path) -> Iterator[Path]:
    """What MkDocs leaves when it empties the folder of a site."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/__init__.py#L134
    return (entry for entry in site.iterdir() if entry.name.startswith(".") and not entry.name.endswith(SUFFIX))


def _merge(old: Path, new: Path, take: Callable[[Path, Path], object]) -> None:
    """Have `take` bring what is in `old` to `new`, and leave what is there already."""
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
    """Give a file a second name. It keeps its content, even if somebody writes to it now, and takes no room."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        _copied(old, new)
