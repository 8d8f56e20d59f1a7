"""Find the regular files below a folder, and report what may not be opened or followed.

Nothing is opened here. Links are followed where they stay inside the project, which is the folder of the nearest
`checklist.yml` above, else the folder itself: whatever lies in these folders gets published. A named pipe would be
waited for, a device may have no end, and a link to a folder that it lies in leads around for ever.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.problems import Problem
from opsbook.source.characters import first_forbidden
from opsbook.source.text import not_regular

MARK = "checklist.yml"
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The endings of the files that MkDocs takes for pages."""
PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
LANGUAGE = re.compile(r"(?!md)[a-z]{2}(?:-[A-Z][a-z]{3})?(?:[-_][A-Z]{2})?")
"""The code of a language as it stands in names of files; `md` is none, but an ending that was written twice."""
MOST_FOLDERS = 60
MOST_LINKED = 3_000
"""How much may lie below links to folders: links in linked folders double what there is with each."""


@dataclass(frozen=True)
class _Place:
    """Something below a folder: its path there, and why it cannot be read as a file, where it cannot."""

    path: str
    fault: str = ""


@dataclass
class _Walk:
    """A walk through a folder, recursive with `deep`; no link may lead out of `tree`, a path without links."""

    tree: str
    deep: bool
    is_left_out: Callable[[str], bool]
    linked: int = 0
    found: list[_Place] = field(default_factory=list)

    def folder(self, path: str, above: tuple[str, ...], *, is_linked: bool = False) -> None:
        """Visit everything in the folder `path`. `above` are the real paths of the folders around it and its own."""
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
        """Visit one thing in a folder. Raise OSError where the system does not tell what it is."""
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
        """Return what is wrong with the link `at`, empty if nothing is, and the mode of its target, 0 without one."""
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
        """Record what is wrong at `path`, unless that is left out, as what is hidden is: it is not published."""
        if not self.is_left_out(path):
            self.found.append(_Place(path, fault))


def shown_path(path: Path, root: Path) -> str:
    """Return what messages call the file or folder `path`: its way from `root`, whether it lies below that or not.

    >>> shown_path(Path("/a/site/text"), Path("/a")), shown_path(Path("docs"), Path())
    ('site/text', 'docs')
    """
    return Path(os.path.relpath(path.absolute(), root.absolute())).as_posix()


def is_there(path: Path) -> bool:
    """Return whether something is at `path`; True also for a broken link, and where the system does not tell."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_folder(path: Path) -> bool:
    """Return whether a folder is at `path`; False where the system does not tell."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_hidden(path: str) -> bool:
    """Return whether a part of `path` begins with a dot. MkDocs publishes no such file."""
    return any(part.startswith(".") for part in path.split("/") if part != ".")


def is_readme(name: str) -> bool:
    """Return whether a file of this name is about its folder, as code hosts show it; it is no noun of any kind."""
    return name.lower() == "readme.md"


def folder_too_deep(above: tuple[str, ...]) -> str:
    """Return what is wrong with the depth of a folder inside the folders `above`; an empty text where nothing is."""
    return f"lies deeper than {MOST_FOLDERS} folders; move it up" if len(above) > MOST_FOLDERS else ""


def is_translation(file: Path) -> bool:
    """Return whether `file` stands beside the one that it translates, as `cart.de.md` beside `cart.md`."""
    stem, _, language = file.stem.rpartition(".")
    return bool(stem and LANGUAGE.fullmatch(language)) and file.with_name(stem + file.suffix).is_file()


def regular_files(folder: Path, *endings: str, deep: bool = False, hidden: bool = False) -> list[Path]:
    """Return the files in `folder` whose names have one of `endings`, sorted by path; with `deep` those below it too.

    A missing folder has none. What `folder_problems` reports is left out, and, unless `hidden`, what is hidden.
    """
    found = (place.path for place in _places(folder, deep=deep) if not place.fault)
    kept = (path for path in found if path.endswith(endings or "") and (hidden or not is_hidden(path)))
    return sorted(folder / path for path in kept)


def named_files(folder: Path, name: str, *endings: str) -> Iterator[tuple[Path, str]]:
    """Yield the files below `folder`, which messages call `name`, that have one of `endings`, each with its own name.

    They may lie in folders at any depth. A README is about its folder, and is not among them.
    """
    for file in regular_files(folder, *endings, deep=True):
        if not is_readme(file.name):
            yield file, f"{name}/{file.relative_to(folder).as_posix()}"


def folder_problems(folder: Path, name: str, is_left_out: Callable[[str], bool] = is_hidden) -> Iterator[Problem]:
    """Yield what may not be read or published below `folder`, which messages call `name`; nothing if it is missing.

    Of what `is_left_out`, by its path below `folder`, only links to folders are judged.
    """
    for place in _places(folder, deep=True, is_left_out=is_left_out):
        if place.fault:
            yield Problem(_shown("/".join(filter(None, (name, place.path)))), 0, 0, place.fault)


def file_problem(file: Path, name: str) -> Iterator[Problem]:
    """Yield what is wrong with the file `name` before it is opened; nothing where it is missing."""
    if file.is_symlink() and (fault := symlink_fault(str(file), project_of(file.parent))):
        yield Problem(name, 0, 0, fault)


def symlink_fault(at: str, tree: str) -> str:
    """Return what is wrong with the target of the link `at`, which must be in `tree` and not hidden.

    Return an empty text where nothing is wrong.
    """
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
    """Return what is wrong with the name of a file or folder, a part of addresses and messages; empty if nothing is."""
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
    """Return the real path of the project around `folder`: the nearest folder with a checklist, else itself."""
    absolute = Path(os.path.normpath(folder.absolute()))
    marked = (above for above in (absolute, *absolute.parents) if os.path.lexists(above / MARK))
    return os.path.realpath(next(marked, absolute))


def _places(folder: Path, *, deep: bool, is_left_out: Callable[[str], bool] = is_hidden) -> list[_Place]:
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
    walk = _Walk(tree, deep, is_left_out)
    walk.folder("", (real,))
    return walk.found


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _target(link: Path) -> str:
    """Return the target that `link` gives, as a message shows it; the name of something that is no link."""
    return _shown(str(link.readlink()) if link.is_symlink() else link.name)


def _shown(path: str) -> str:
    """Return `path` as a message can show it, whatever bytes it is made of."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
