"""Write files so that each holds its old content or its new one, whatever happens on the way.

The new content is written beside and renamed over the old. The mode, the owner where that is allowed, and symbolic
links stay; a second name of the same file (a hard link) keeps the old content, since a rename changes one name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opsbook.problems import Problem, ProblemsError

_NO_RENAME = {errno.EACCES, errno.EBUSY, errno.EPERM, errno.EROFS}
"""A folder in which nothing can be made or renamed, though the file can be written: a file mounted into a container."""


@dataclass(frozen=True)
class _Written:
    """Content that was written to `part` and is to replace `target`."""

    part: Path
    target: Path


def write_file(path: Path, text: str, *, name: str | None = None, is_new: bool = False) -> None:
    """Write a file of the user, which messages call `name`. Raise ProblemsError and keep the old content on failure.

    With `is_new`, an existing file is an error and is not changed.
    """
    write_files({path: text.encode()}, names={path: name or path.as_posix()}, is_new=is_new)


def write_files(
    files: Mapping[Path, bytes],
    *,
    names: Mapping[Path, str] | None = None,
    is_new: bool = False,
    is_durable: bool = True,
) -> None:
    """Write files of the user, none of them where there is no room for all. Raise ProblemsError on failure."""
    try:
        write_whole(files, is_new=is_new, is_durable=is_durable)
    except OSError as error:
        path = Path(error.filename) if error.filename else next(iter(files))
        name = (names or {}).get(path, path.as_posix())
        raise ProblemsError([Problem(name, 0, 0, f"cannot be written: {error.strerror}")]) from None


def make_folder(path: Path, *, name: str | None = None) -> None:
    """Make a folder and its missing parents. Raise ProblemsError about `name` where that is not possible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemsError([Problem(name or path.as_posix(), 0, 0, f"cannot be written: {error.strerror}")]) from None


def write_whole(files: Mapping[Path, bytes], *, is_new: bool = False, is_durable: bool = True) -> None:
    """Write each of `files` whole, and none before there is room for all. Raise OSError about one that fails.

    What is not `is_durable` may be lost when the machine stops at once; thousands of files are written faster so.
    """
    waiting: dict[Path, _Written | None] = {}
    try:
        for path, content in files.items():
            with _named(path):
                waiting[path] = _write_beside(path, content, is_new=is_new, is_durable=is_durable)
        for path, content in files.items():
            with _named(path):
                _finish(path, content, waiting[path], is_new=is_new)
    finally:
        for written in waiting.values():
            if written:
                written.part.unlink(missing_ok=True)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Replace an OSError of the block by one that names `path`, not the file written beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _write_beside(path: Path, content: bytes, *, is_new: bool, is_durable: bool) -> _Written | None:
    """Write `content` beside `path`; return None where no rename is possible and `path` is to be overwritten."""
    if is_new and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if _is_stream(path):
        return None
    with contextlib.suppress(FileNotFoundError):
        path.stat()  # Raises for links that lead in a circle.
    target = Path(os.path.realpath(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    part = target.with_name(f".opsbook-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            if is_durable:
                os.fsync(stream.fileno())
        if target.exists():
            _dress(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno in _NO_RENAME and target.exists():
            return None
        raise
    return _Written(part, target)


def _finish(path: Path, content: bytes, written: _Written | None, *, is_new: bool) -> None:
    if written is None:
        _write_into(path, content)
    elif is_new:
        _link(written)
    else:
        try:
            written.part.replace(written.target)
        except OSError as error:
            if error.errno not in _NO_RENAME:
                raise
            _write_into(path, content)


def _link(written: _Written) -> None:
    """Give the new file its name. Raise FileExistsError where another file has taken it meanwhile."""
    try:
        os.link(written.part, written.target)
    except FileExistsError:
        raise
    except OSError:  # A file system without second names.
        written.part.rename(written.target)


def _is_stream(path: Path) -> bool:
    """Return whether `path` is something to write into, such as a pipe or `/dev/stdout`."""
    return (path.exists() and not path.is_file()) or path.as_posix().startswith(("/dev/", "/proc/"))


def _write_into(path: Path, content: bytes) -> None:
    """Overwrite a file in place, after the system has reserved the room for it."""
    if _is_stream(path):
        path.write_bytes(content)
        return
    with path.open("r+b") as stream:
        if hasattr(os, "posix_fallocate") and content:
            os.posix_fallocate(stream.fileno(), 0, len(content))
        stream.write(content)
        stream.truncate()


def _dress(part: Path, like: Path) -> None:
    """Copy the mode, the access lists and, where that is allowed, the owner of `like` to `part`."""
    shutil.copystat(like, part)
    os.utime(part)
    with contextlib.suppress(OSError, AttributeError):
        os.chown(part, like.stat().st_uid, like.stat().st_gid)
        shutil.copymode(like, part)  # Changing the owner can take bits of it away.
