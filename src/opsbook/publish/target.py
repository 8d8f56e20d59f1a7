"""Keep the releases of a site in one folder, and the link `current` that leads to the one which readers see.

    TARGET/current -> releases/20260101T000000Z-0123456789abcdef
    TARGET/releases/…/    whole sites
    TARGET/headers.conf   the headers of their pages, for the server
    TARGET/history        the names of the releases, the last one published at the end

Whatever begins with a dot and ends with `.part` is unfinished. A process that is killed leaves it behind; the next one
removes it.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.publish.durable import sync
from opsbook.publish.server_headers import SERVER_HEADERS
from opsbook.whole import write_whole

if sys.platform != "win32":
    import fcntl

RELEASES = "releases"
CURRENT = "current"
HISTORY = "history"
LOCK = ".lock"
PART = ".part"


class Target:
    """The folder of releases at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.releases = folder / RELEASES
        self.current = folder / CURRENT

    @property
    def shown(self) -> str:
        """Return the name of the folder for messages."""
        return self.folder.as_posix()

    def prepare(self) -> None:
        """Make the folder where it is not there. Raises ProblemsError if it holds something else than releases."""
        if self.current.exists() and not self.current.is_symlink():
            raise ProblemsError(
                [Problem(self.current.as_posix(), 0, 0, "is no link to a release; name another folder")]
            )
        if self.folder.exists() and not self.releases.is_dir() and any(self.folder.iterdir()):
            message = "holds something else than releases; name a new folder, an empty one, or one of an earlier run"
            raise ProblemsError([Problem(self.shown, 0, 0, message)])
        self.releases.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the folder, and remove what a killed run left. Raises ProblemsError if another run has it.

        The system releases the lock when this process ends in any way.
        """
        with (self.folder / LOCK).open("ab") as stream:
            try:
                if sys.platform != "win32":
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = "another `opsbook publish` or `opsbook rollback` is at work here; wait until it ends"
                raise ProblemsError([Problem(self.shown, 0, 0, message)]) from None
            self._sweep()
            yield

    @contextlib.contextmanager
    def unfinished(self) -> Iterator[Path]:
        """Yield a new folder on the same disk as the releases, and remove it afterwards."""
        folder = self.releases / f".{secrets.token_hex(8)}{PART}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def now(self) -> str:
        """Return the name of the release that readers see; empty where there is none."""
        name = self.current.readlink().name if self.current.is_symlink() else ""
        return name if name and (self.releases / name).is_dir() else ""

    @property
    def names(self) -> list[str]:
        """Return the names of all releases, the oldest first.

        One that the history does not know was never seen by readers, and counts as the oldest.
        """
        there = {path.name for path in self.releases.iterdir() if not path.name.startswith(".")}
        file = self.folder / HISTORY
        known = [name for name in file.read_text("utf-8").split() if name in there] if file.is_file() else []
        return [*sorted(there.difference(known)), *known]

    def add(self, site: Path, name: str) -> None:
        """Give the finished folder `site` its place among the releases, under a name that is free."""
        site.rename(self.releases / name)
        sync(self.releases)

    def switch(self, name: str) -> None:
        """Let `current` lead to the release `name`, by one rename."""
        link = self.folder / f".{secrets.token_hex(8)}{PART}"
        link.symlink_to(Path(RELEASES, name))
        try:
            link.replace(self.current)
        except OSError:
            link.unlink(missing_ok=True)
            raise
        sync(self.folder)

    def remember(self, names: Sequence[str]) -> None:
        """Write the history: `names`, the oldest first."""
        write_whole({self.folder / HISTORY: "".join(f"{name}\n" for name in names).encode()})

    def write_headers(self, content: bytes) -> bool:
        """Write the headers for the server. Return whether they have changed."""
        file = self.folder / SERVER_HEADERS
        if file.is_file() and file.read_bytes() == content:
            return False
        write_whole({file: content})
        return True

    def forget(self, names: Sequence[str]) -> None:
        """Remove releases. Each loses its name first, so that none is ever there in part."""
        for name in names:
            part = self.releases / f".{secrets.token_hex(8)}{PART}"
            (self.releases / name).rename(part)
            shutil.rmtree(part, ignore_errors=True)

    def found(self, name: str) -> str:
        """Return `name`. Raises ProblemsError, with the nearest name, if there is no such release."""
        if name not in self.names:
            message = f"no release is called `{name}`; {did_you_mean(name, self.names)}"
            raise ProblemsError([Problem(self.shown, 0, 0, message)])
        return name

    def _sweep(self) -> None:
        for left in [*self.folder.glob(f".*{PART}"), *self.releases.glob(f".*{PART}")]:
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
