"""Read a file as text that is limited in size, is UTF-8, and has no characters that hide or reorder what is read."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from opsbook.problems import Problem, ProblemsError
from opsbook.source.characters import forbidden_characters

MAX_BYTES = 1_048_576
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""What stands where a file should, by the type in its mode."""


def read_text(file: Path, name: str, *, repair: Callable[[str], str] | None = None) -> str:
    """Return the text of `file`, with line ends as `\\n`. `name` is what messages call it.

    `repair` may mend the text before its characters are judged. Raise ProblemsError where the file is missing, no
    regular file, larger than MAX_BYTES, not UTF-8 or holds a forbidden character.
    """
    return decode(read_bytes(file, name), name, repair=repair)


def read_bytes(file: Path, name: str, *, most: int = MAX_BYTES) -> bytes:
    """Return the first `most` bytes of `file`, and one more if it has more. Raise ProblemsError if it cannot be read.

    Only a regular file is opened: a named pipe would be waited for, and a device may have no end.
    """
    try:
        mode = file.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # Of a folder the system says so itself.
            raise ProblemsError([Problem(name, 0, 0, not_regular(mode))])
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError:
        raise ProblemsError([Problem(name, 0, 0, "no such file")]) from None
    except OSError as error:
        raise ProblemsError([Problem(name, 0, 0, f"cannot be read: {error.strerror}")]) from None
    except ValueError as error:  # A path with a NUL in it, or with half characters.
        raise ProblemsError([Problem(name, 0, 0, f"cannot be read: {error}")]) from None


def not_regular(mode: int) -> str:
    """Return what is wrong with something that is no regular file, by its mode."""
    return f"this is {KINDS.get(stat.S_IFMT(mode), 'no regular file')}; allowed: a regular file"


def decode(data: bytes, name: str, *, repair: Callable[[str], str] | None = None) -> str:
    """Return the text of `data`. Raise ProblemsError as `read_text` does."""
    if len(data) > MAX_BYTES:
        raise ProblemsError([Problem(name, 0, 0, f"larger than {MAX_BYTES // 1024} KiB; split it or make it smaller")])
    text = utf8_text(data, name).replace("\r\n", "\n").replace("\r", "\n")
    text = repair(text) if repair else text
    screen(text, name)
    return text


def utf8_text(data: bytes, name: str) -> str:
    """Return the text of `data` without a byte order mark. Raise ProblemsError with the place of what is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsError([Problem(name, 1, 1, "this is UTF-16; save the file as UTF-8")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = end_position(data[: error.start].decode("utf-8-sig", "replace"))
        byte = data[error.start]
        message = f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"
        raise ProblemsError([Problem(name, line, column, message)]) from None


def screen(text: str, name: str) -> None:
    """Raise ProblemsError with the first twenty forbidden characters of `text`, whose line ends are line feeds."""
    problems = [
        Problem(name, *end_position(text[:offset]), message) for offset, message in forbidden_characters(text, most=20)
    ]
    if problems:
        raise ProblemsError(problems)


def end_position(before: str) -> tuple[int, int]:
    """Return the line and column that follow the text `before`, both counted from 1."""
    # A lone carriage return ends a line too. `before` may stop between the two characters of one end of line.
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
