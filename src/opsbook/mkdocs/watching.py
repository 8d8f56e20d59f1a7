"""Watch under `mkdocs serve` what a site is made of, whether it is there when the server starts or comes later.

A watch on a path that is not there fails, and one on a folder ends when that is removed. So the root is watched for the
names of these files and folders, and not for anything else that lies in it: what a build writes must start no build.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from opsbook.mkdocs.compat.serving import observe, replace_builder, request_build

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


def watch_sources(server: LiveReloadServer, root: Path, sources: Iterable[str]) -> None:
    """Let `server` build when one of `sources` comes, changes or goes.

    They are files below `root`, and folders with a slash at the end, in which everything is watched.
    """
    watched = _Sources(server, root, frozenset(name.split("/")[0] for name in sources))
    for name in watched.names:
        watched.follow(root / name)
    observe(server, root, watched.changed)


def watch_named_files(server: LiveReloadServer, root: Path, named: Callable[[], Iterable[str]]) -> None:
    """Let `server` build when a file below `root` comes, changes or goes that `named` returns after the last build.

    Their folders are watched for these names alone, since anything may lie there.
    """
    files = _NamedFiles(server, root, named)
    files.follow()
    replace_builder(server, lambda build: functools.partial(files.build, build))


class _NamedFiles:
    """The files that the last build read because sources name them."""

    def __init__(self, server: LiveReloadServer, root: Path, named: Callable[[], Iterable[str]]) -> None:
        self.server = server
        self.root = root
        self.named = named
        self.files: frozenset[Path] = frozenset()
        self.folders: set[Path] = set()

    def build(self, build: Callable[[], None]) -> None:
        """Build, and watch what is named then."""
        try:
            build()
        finally:
            self.follow()

    def follow(self) -> None:
        """Watch the folders of the files that are named now."""
        self.files = frozenset(self.root / name for name in self.named())
        for folder in sorted({file.parent for file in self.files if file.parent.is_dir()} - self.folders):
            self.folders.add(folder)
            observe(self.server, folder, self.changed)

    def changed(self, path: Path) -> None:
        """Build if `path` is one of the files."""
        if path in self.files:
            request_build(self.server)


class _Sources:
    """The files and folders at the top of a site."""

    def __init__(self, server: LiveReloadServer, root: Path, names: frozenset[str]) -> None:
        self.server = server
        self.root = root
        self.names = names
        self.folders: dict[Path, int] = {}
        """The folders that are watched, with the number by which the file system tells each from others."""

    def follow(self, path: Path) -> bool:
        """Watch everything in the folder `path`, as it is now; a file needs no watch besides that of the root.

        Return whether anything is to be built, which is not so for a folder that is watched already.
        """
        number = path.stat().st_ino if path.is_dir() else None
        known = self.folders.pop(path, None)
        if known is not None and known != number:
            self.server.unwatch(str(path))
        if number is not None:
            self.folders[path] = number
            if known != number:
                self.server.watch(str(path))
        return known is None or known != number

    def changed(self, path: Path) -> None:
        """Build if `path` belongs to the site. A folder may be a new one of the same name."""
        if path.parent == self.root and path.name in self.names and self.follow(path):
            request_build(self.server)
