"""Restore the damaged characters of a text.

UTF-8 text that a program once read as Mac Roman, Windows-1252 or Latin-1 shows `‚úÖ` or `âœ…` for `✅`. The way back is
to encode those characters again and to decode the bytes as UTF-8. That is done only where the answer is certain: a
run of non-ASCII characters turns as a whole into valid UTF-8, exactly one encoding gives an answer, and the answer is
what such a run holds in practice (an emoji, a typographic sign, letters that fit their neighbours). Otherwise a text
such as `l’étage` or `LÅ™`, which happens to be valid too, would be spoilt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_RUN = re.compile(r"[^\x00-\x7f]+")
_ROUNDS = 3  # Text can be damaged more than once.


def _bytes_of(codec: str) -> Mapping[str, int]:
    """Return the byte, 80 to FF, of each character. A byte without a character is its C1 control, as in browsers."""
    table = {}
    for byte in range(0x80, 0x100):
        table[bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte))] = byte
    return table


_TABLES: Sequence[Mapping[str, int]] = tuple(_bytes_of(codec) for codec in ("mac_roman", "cp1252", "latin-1"))


@dataclass(frozen=True)
class _Run:
    """A run of non-ASCII characters, the text that it becomes, and whether that is certain."""

    start: int
    end: int
    text: str
    is_certain: bool

    @property
    def scripts(self) -> frozenset[str]:
        return frozenset(_script(character) for character in self.text) - {""}


def repair(text: str) -> str:
    """Return `text` with every certain repair made, of the whole text where possible, else by line, else by run."""
    for _ in range(_ROUNDS):
        mended = _whole(text)
        if mended is None:
            mended = "\n".join(_line(line) for line in text.split("\n"))
        if mended == text:
            break
        text = mended
    return text


def _line(line: str) -> str:
    if line.isascii():
        return line
    mended = _whole(line)
    return mended if mended is not None else _RUN.sub(lambda match: _single(match, line), line)


def _single(match: re.Match[str], line: str) -> str:
    found = {run.text for table in _TABLES if (run := _read(match, line, table)) and run.is_certain}
    return found.pop() if len(found) == 1 else match.group()


def _whole(text: str) -> str | None:
    """Return `text` repaired where all of its runs were certainly damaged in the same way; None where they were not."""
    answers = set()
    for table in _TABLES:
        runs = [_read(match, text, table) for match in _RUN.finditer(text)]
        known = [run for run in runs if run is not None]
        certain = [run for run in known if run.is_certain]
        # A doubtful run may follow certain ones, but not into a script that none of them shows.
        scripts = frozenset({"LATIN"}).union(*(run.scripts for run in certain))
        if certain and len(known) == len(runs) and all(run.scripts <= scripts for run in known):
            answers.add(_replace(text, known))
    return answers.pop() if len(answers) == 1 else None


def _replace(text: str, runs: Sequence[_Run]) -> str:
    parts, end = [], 0
    for run in runs:
        parts += [text[end : run.start], run.text]
        end = run.end
    return "".join([*parts, text[end:]])


def _read(match: re.Match[str], text: str, table: Mapping[str, int]) -> _Run | None:
    """Return the run at `match` as `table` reads it; None where that gives no valid text."""
    try:
        mended = bytes(table[character] for character in match.group()).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    if not all(_is_plausible(character) for character in mended):
        return None
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    is_certain = any("\x80" <= character <= "\x9f" for character in match.group()) or _is_certain(mended, before, after)
    return _Run(match.start(), match.end(), mended, is_certain)


def _is_certain(mended: str, before: str, after: str) -> bool:
    """Return whether the characters that became `mended` would hardly stand in an undamaged text.

    `before` and `after` are the ASCII characters beside it. A sign of three or four bytes, such as an emoji, does not
    come about by chance, nor do two letters of another script. Two bytes can (`É®`), but not inside a word.
    """
    if any(ord(character) >= 0x800 and _script(character) in ("", "LATIN") for character in mended):
        return True
    letters = [character for character in mended if character.isalpha()]
    scripts = {_script(letter) for letter in letters}
    if scripts - {"LATIN"}:
        return len(letters) > 1 and len(scripts) == 1 and not before.isalpha() and not after.isalpha()
    if not letters:
        return not before.isupper() and all(character <= "\xbf" for character in mended)
    return before.islower() or after.islower()


def _is_plausible(character: str) -> bool:
    """Return whether people write this character, or twice damaged text holds it; combining marks do not count."""
    if 0x1F000 <= ord(character) <= 0x1FAFF or 0xFE00 <= ord(character) <= 0xFE0F or character in "\u200d\u20e3":
        return True
    if (
        character == "\uf8ff" or "\x80" <= character <= "\x9f"
    ):  # The byte F0 in Mac Roman, and bytes without a character.
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Mc", "Me")


def _script(character: str) -> str:
    """Return the script of a letter, nothing for a sign. Rare Latin letters of two bytes are a script of their own."""
    if not character.isalpha() or unicodedata.category(character) == "Lm":
        return ""
    name = unicodedata.name(character, "?").replace("-", " ").partition(" ")[0]
    if name == "LATIN" and 0x180 <= ord(character) < 0x800:
        return "RARE LATIN"
    if name in ("CJK", "HIRAGANA", "KATAKANA"):
        return "JAPANESE"
    return "LATIN" if ord(character) < 0x180 else name
