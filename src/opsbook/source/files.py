"""A folder in, the regular files below it out; what may not be opened or followed is told and left alone.

Nothing is opened here. Links are followed where they stay inside the project, which is the folder of the nearest
`checklist.yml` above, else the folder itself: whatever lies in these folders gets published. A named pipe would be
waited for, a device may have no end, and a link to a folder that it lies in leads around for ever.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.problems import Problem
from opsbook.source.characters import first_forbidden
from opsbook.source.text import not_regular

MARK = "checklist.yml"
MOST_FOLDERS = 60
MOST_LINKED = 3_000
"""How much may lie below links to folders: links in linked folders double what there is with each."""


@dataclass(frozen=True)
class _Place:
    """Something below a folder: its path there, and what is wrong with it where it is no file to be read."""

    path: str
    fault: str = ""


@dataclass
class _Walk:
    """A walk through a folder, through all below it where `deep`; `tree` is what no link may leave, without links."""

    tree: str
    deep: bool
    linked: int = 0
    found: list[_Place] = field(default_factory=list)

    def folder(self, path: str, above: tuple[str, ...], *, is_linked: bool = False) -> None:
        """Look at all that lies in the folder `path`. `above` are the real folders that it lies in, itself the last."""
        try:
            with os.scandir(above[-1]) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.refuse(path, f"cannot be read: {error.strerror}")
            return
        self.linked += len(listed) if is_linked else 0
        if self.linked > MOST_LINKED:
            self.refuse(path, f"more than {MOST_LINKED} files lie below links to folders; link to less")
            return
        for entry in listed:
            below = f"{path}/{entry.name}" if path else entry.name
            try:
                self.entry(entry, below, above, is_linked=is_linked)
            except OSError as error:
                self.refuse(below, f"cannot be read: {error.strerror}")

    def entry(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...], *, is_linked: bool) -> None:
        """Look at one thing in a folder. Raises OSError where the system does not tell what it is."""
        is_link = entry.is_symlink()
        fault, mode = self.link(entry.path, above) if is_link else ("", entry.stat(follow_symlinks=False).st_mode)
        if stat.S_ISDIR(mode):
            if fault:  # Told where it is hidden too: MkDocs walks through what it does not publish.
                self.found.append(_Place(path, fault))
            elif fault := name_fault(entry.name) or folder_too_deep(above):
                self.refuse(path, fault)
            elif self.deep:
                real = os.path.realpath(entry.path) if is_link else entry.path
                self.folder(path, (*above, real), is_linked=is_linked or is_link)
        elif fault := fault or name_fault(entry.name) or ("" if stat.S_ISREG(mode) else not_regular(mode)):
            self.refuse(path, fault)
        else:
            self.found.append(_Place(path))

    def link(self, at: str, above: tuple[str, ...]) -> tuple[str, int]:
        """What is wrong with the link `at`, if anything, and the mode of what it leads to, 0 where that is nothing."""
        fault = symlink_fault(at, self.tree)
        try:
            mode = Path(at).stat().st_mode
        except OSError as error:
            return fault or f"cannot be read: {error.strerror}", 0
        real = os.path.realpath(at)
        if not fault and stat.S_ISDIR(mode) and any(_is_in(folder, real) for folder in above):
            fault = f"links to `{_target(Path(at))}`, a folder that it lies in itself; remove it"
        return fault, mode

    def refuse(self, path: str, fault: str) -> None:
        """Note what is wrong at `path`; what is hidden is not published, and nothing is said of it."""
        if not is_hidden(path):
            self.found.append(_Place(path, fault))


def is_there(path: Path) -> bool:
    """Whether something is at `path`, a link that leads nowhere too, or the system does not tell."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_folder(path: Path) -> bool:
    """Whether a folder is at `path`; not where the system does not tell."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_hidden(path: str) -> bool:
    """Whether a part of `path` begins with a dot. MkDocs publishes nothing of the kind."""
    return any(part.startswith(".") for part in path.split("/") if part != ".")


def folder_too_deep(above: tuple[str, ...]) -> str:
    """What is wrong with a folder that lies in the folders `above`."""
    return f"lies deeper than {MOST_FOLDERS} folders; move it up" if len(above) > MOST_FOLDERS else ""


def regular_files(folder: Path, *endings: str, deep: bool = False, hidden: bool = False) -> list[Path]:
    """The files in `folder` whose names have one of `endings`, those of its folders too where `deep`, by path.

    A missing folder has none. What `folder_problems` tells of is left out, and what is hidden if not asked for.
    """
    found = (place.path for place in _places(folder, deep=deep) if not place.fault)
    kept = (path for path in found if path.endswith(endings or "") and (hidden or not is_hidden(path)))
    return sorted(folder / path for path in kept)


def folder_problems(folder: Path, name: str) -> Iterator[Problem]:
    """What below `folder`, which messages call `name`, may not be read or published. A missing folder has nothing."""
    for place in _places(folder, deep=True):
        if place.fault:
            yield Problem(_shown("/".join(filter(None, (name, place.path)))), 0, 0, place.fault)


def file_problem(file: Path, name: str) -> Iterator[Problem]:
    """What is wrong with the file `name` before it is opened. A missing one has nothing."""
    if file.is_symlink() and (fault := symlink_fault(str(file), project_of(file.parent))):
        yield Problem(name, 0, 0, fault)


def symlink_fault(at: str, tree: str) -> str:
    """What is wrong with where the link `at` leads, which may be anywhere in `tree` but below a hidden name."""
    target = _target(Path(at))
    try:
        Path(at).stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return f"links to `{target}`, and from there back to itself; remove it"
        if error.errno == errno.ENOENT:
            return f"links to `{target}`, which is not there"
    real = os.path.realpath(at)
    if not _is_in(real, tree):
        return f"links to `{target}`, which lies outside of the project; allowed: a link to what is inside"
    if is_hidden(Path(real).relative_to(tree).as_posix()):
        return f"links to `{target}`, which is hidden; allowed: a link to what has no dot at its start"
    return ""


def name_fault(name: str) -> str:
    """What is wrong with the name of a file or folder, which becomes a part of an address and of messages."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "this name is not UTF-8; rename it"
    if fault := first_forbidden(name):
        return f"in this name {fault}"
    if "\n" in name or "\t" in name or "\\" in name:
        return "this name holds a backslash, a tab or a line end; rename it"
    return ""


def project_of(folder: Path) -> str:
    """The real path of the project that `folder` belongs to: where a checklist lies, else the folder itself."""
    absolute = Path(os.path.normpath(folder.absolute()))
    marked = (above for above in (absolute, *absolute.parents) if os.path.lexists(above / MARK))
    return os.path.realpath(next(marked, absolute))


def _places(folder: Path, *, deep: bool) -> list[_Place]:
    at, tree = str(folder), project_of(folder)
    if not is_there(folder):
        return []
    real = os.path.realpath(at)
    if not is_folder(folder):
        try:
            fault = symlink_fault(at, tree) if folder.is_symlink() else "this is no folder; rename it"
        except OSError as error:
            fault = f"cannot be read: {error.strerror}"
        return [_Place("", fault or "links to what is no folder; remove it")]
    if not _is_in(real, tree):
        return [_Place("", symlink_fault(at, tree))]
    walk = _Walk(tree, deep)
    walk.folder("", (real,))
    return walk.found


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _target(link: Path) -> str:
    """Where `link` says that it leads; of something else, what it is called."""
    return _shown(str(link.readlink()) if link.is_symlink() else link.name)


def _shown(path: str) -> str:
    """`path` as a message can show it, whatever bytes it is made of."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
