"""A file in, its text out: capped in size, UTF-8, without characters that hide or reorder what is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from opsbook.problems import Problem, ProblemsError

MAX_BYTES = 1_048_576
# C0 and C1 controls but tab and line feed; the bidirectional controls of Unicode UAX 9; line ends that editors do not
# show as such (U+0085, U+2028, U+2029); a byte order mark inside the text; halves of characters; what is no character.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_text(file: Path, name: str, *, repair: Callable[[str], str] | None = None) -> str:
    """The text of `file`, line ends as `\\n`. `name` is how messages call it.

    `repair` may mend the text before its characters are judged. Raises ProblemsError where the file is missing,
    larger than MAX_BYTES, not UTF-8 or holds a forbidden character.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ProblemsError([Problem(name, 0, 0, "no such file")]) from None
    except OSError as error:
        raise ProblemsError([Problem(name, 0, 0, f"cannot be read: {error.strerror}")]) from None
    return decode(data, name, repair=repair)


def decode(data: bytes, name: str, *, repair: Callable[[str], str] | None = None) -> str:
    """The text of `data`. Raises ProblemsError as `read_text` does."""
    if len(data) > MAX_BYTES:
        raise ProblemsError([Problem(name, 0, 0, f"larger than {MAX_BYTES // 1024} KiB; split it or make it smaller")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsError([Problem(name, 1, 1, "this is UTF-16; save the file as UTF-8")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8-sig", "replace"))
        byte = data[error.start]
        message = f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"
        raise ProblemsError([Problem(name, line, column, message)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = repair(text) if repair else text
    problems = [
        Problem(name, *_position(text[:offset]), message) for offset, message in forbidden_characters(text, most=20)
    ]
    if problems:
        raise ProblemsError(problems)
    return text


def forbidden_characters(text: str, *, most: int) -> Iterator[tuple[int, str]]:
    """Where `text` holds a character that hides or reorders what is read, and what it is; at most `most` of them."""
    for _, match in zip(range(most), _FORBIDDEN.finditer(text), strict=False):
        yield match.start(), f"{_describe(match.group())} is not allowed; remove it"


def _position(before: str) -> tuple[int, int]:
    # A lone carriage return ends a line too. `before` may stop between the two characters of one end of line.
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _describe(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if _BIDIRECTIONAL.match(character):
        return f"the bidirectional control {code}"
    if "\ud800" <= character <= "\udfff":
        return f"the half character {code}"
    return f"the line end {code}" if character in "\x85\u2028\u2029" else f"the control character {code}"
