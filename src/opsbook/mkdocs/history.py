"""Read from git when each source file was last changed, and by whom."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.source.git import start_git

_BLOCK = 1 << 16
_LOG = ("log", "-z", "--name-status", "--find-renames=100%", "--encoding=UTF-8", "--format=%x01%as%x02%aN")
# Without what somebody's settings add to the output, or leave out of it.
_PLAIN = ("-c", "log.showSignature=false", "-c", "log.showRoot=true")


@dataclass(frozen=True)
class Change:
    """A commit: the day on which it was written, such as `2026-01-31`, and the name of its author."""

    day: str
    author: str


@dataclass(frozen=True)
class History:
    """The last change of each file and folder that git knows, by its path."""

    changes: Mapping[Path, Change] = field(default_factory=dict)
    missing: str = ""
    """Why there are no changes, and what to do."""


def read_history(root: Path, wanted: Iterable[Path]) -> History:
    """Return the last changes of `wanted`, files and folders in the repository of the folder `root`.

    The commit of a file is the last one that changed its content: moving it changes nothing. That of a folder is the
    last one of any file in it. Without git there is nothing, and neither where the clone is shallow, since git then
    takes its first commit for the last change of everything.
    """
    try:
        asked = start_git(root, "rev-parse", "--show-toplevel", "--is-shallow-repository", stderr=subprocess.PIPE)
    except OSError:
        return History(missing="git is not installed")
    told, error = asked.communicate()
    if asked.returncode:
        return History(missing=os.fsdecode(error).strip().partition("\n")[0].removeprefix("fatal: "))
    top, _, is_shallow = os.fsdecode(told).rstrip("\n").rpartition("\n")
    if is_shallow == "true":
        return History(
            missing="this clone is shallow, so most dates would be wrong; fetch the whole history: `fetch-depth: 0` for"
            " actions/checkout, `git fetch --unshallow` elsewhere"
        )
    return History(_changes(Path(top), wanted))


def _changes(top: Path, wanted: Iterable[Path]) -> dict[Path, Change]:
    names: dict[str, list[Path]] = {}
    for path in wanted:
        place = os.path.realpath(path)
        if place.startswith(f"{top}{os.sep}"):
            names.setdefault(Path(os.path.relpath(place, top)).as_posix(), []).append(path)
    found: dict[Path, Change] = {}
    process = start_git(top, *_PLAIN, *_LOG)
    try:
        for change, name, former in _entries(process):
            if former and name in names:
                names.setdefault(former, []).extend(names.pop(name))
            place = name
            while place:
                if place in names:
                    found.update(dict.fromkeys(names.pop(place), change))
                place = place.rpartition("/")[0]
            if not names:
                break
    finally:
        process.kill()
        process.communicate()
    return found


def _entries(process: subprocess.Popen[bytes]) -> Iterator[tuple[Change, str, str]]:
    """Yield each changed file of each commit, the newest first, and the name that it had where it was only renamed."""
    change = Change("", "")
    fields = _fields(process)
    for text in fields:
        status = text.removeprefix("\n")
        if text.startswith("\x01"):
            header, _, status = text[1:].partition("\n")
            day, _, author = header.partition("\x02")
            change = Change(day, author.encode(errors="surrogateescape").decode(errors="replace"))
        if status.startswith("R"):
            former = next(fields)
            yield change, next(fields), former
        elif status:
            yield change, next(fields), ""


def _fields(process: subprocess.Popen[bytes]) -> Iterator[str]:
    assert process.stdout
    rest = b""
    while block := process.stdout.read(_BLOCK):
        *fields, rest = (rest + block).split(b"\0")
        yield from map(os.fsdecode, fields)
