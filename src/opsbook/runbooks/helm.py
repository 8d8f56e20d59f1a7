"""A Helm template in, text of the same length that YAML can read out: each action becomes a word or blanks.

Nothing is evaluated. A line that holds only actions (`{{- if … }}`, `{{ include … | nindent 4 }}`) becomes blank; an
action inside a value becomes a word of characters that no file uses, so that the value can be given back as written.
Actions are read as in https://pkg.go.dev/text/template: strings and comments may hold braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ACTION = re.compile(
    r"\{\{-?[ \t\n]*/\*[\s\S]*?\*/[ \t\n]*-?\}\}"
    r"|\{\{(?:`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|(?!\}\})[^`\"'])*\}\}"
    r"|\{\{(?:(?!\}\})[\s\S])*\}\}"
)
# Private use characters: YAML reads them as letters.
_FIRST, _DIGITS = 0xE000, 0xE100
_BASE = 4096
_WORD = re.compile(f"{chr(_FIRST)}([{chr(_DIGITS)}-{chr(_DIGITS + _BASE - 1)}]{{2}}){chr(_FIRST + 1)}*")


@dataclass(frozen=True)
class Masked:
    """Text that YAML can read, and the actions that were in it."""

    text: str
    actions: tuple[str, ...]

    def restore(self, value: str) -> str:
        """`value`, as YAML read it, with its actions as they were written."""

        def action(match: re.Match[str]) -> str:
            high, low = (ord(digit) - _DIGITS for digit in match[1])
            index = high * _BASE + low
            return self.actions[index] if index < len(self.actions) else match[0]  # Letters of private use in the file.

        return _WORD.sub(action, value)


def has_action(value: str) -> bool:
    """Whether something in `value` is only known once the template is rendered."""
    return "{{" in value


def mask(text: str) -> Masked:
    """`text` without its actions, each character at its place."""
    actions: list[str] = []
    pieces: list[str] = []
    end = 0
    for start, stop in _spans(text):
        pieces.append(text[end:start])
        action = text[start:stop]
        pieces.append(_blank(action) if _alone(text, start, stop) else _word(action, len(actions)))
        actions.append(action)
        end = stop
    return Masked("".join((*pieces, text[end:])), tuple(actions))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    last = text.rfind("}}")
    start = text.find("{{")
    while 0 <= start < last:
        match = _ACTION.match(text, start)
        if match:
            yield match.span()
        start = text.find("{{", match.end() if match else start + 2)


def _alone(text: str, start: int, stop: int) -> bool:
    """Whether nothing but blanks and other actions stand on the lines of an action."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", stop)
    after = text[stop : len(text) if line_end < 0 else line_end]
    return not _ACTION.sub("", before).strip() and not _ACTION.sub("", after).strip()


def _blank(action: str) -> str:
    return re.sub(r"[^\n]", " ", action)


def _word(action: str, index: int) -> str:
    high, low = divmod(index, _BASE)
    return chr(_FIRST) + chr(_DIGITS + high) + chr(_DIGITS + low) + chr(_FIRST + 1) * (len(action) - 3)
