"""Mask the actions of a Helm template so that YAML can read it: each becomes a word or blanks of the same length.

Nothing is evaluated. A line that holds only actions (`{{- if … }}`, `{{ include … | nindent 4 }}`) becomes blank; an
action inside a value becomes a word of characters that no file uses, so that the value can be given back as written.
Actions are read as in https://pkg.go.dev/text/template: strings and comments may hold braces.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_COMMENT = re.compile(r"\{\{-?[ \t\n]*+/\*")
_COMMENT_END = re.compile(r"\*/[ \t\n]*+-?\}\}")
# The pieces of an action up to its end: strings, which may hold braces, and all else. An `open` quote is never closed.
_PIECE = re.compile(
    r"(?P<end>\}\})|`[^`]*`|\"(?:\\.|[^\"\\\n])*+\"|'(?:\\.|[^'\\\n])*+'|[^`\"'}]++|\}|(?P<open>[`\"'])"
)
# Private use characters: YAML reads them as letters.
_FIRST, _DIGITS = 0xE000, 0xE100
_BASE = 4096
_WORD = re.compile(f"{chr(_FIRST)}([{chr(_DIGITS)}-{chr(_DIGITS + _BASE - 1)}]{{2}}){chr(_FIRST + 1)}*")


@dataclass(frozen=True)
class Masked:
    """Text that YAML can read, and the template actions that were in it."""

    text: str
    actions: tuple[str, ...]

    def restore(self, value: str, printed: Sequence[str | None] = ()) -> str:
        """Return `value`, as YAML read it, with its actions as they were written, or as what they are known to print.

        `printed` has a text for each action, or None.
        """

        def action(match: re.Match[str]) -> str:
            high, low = (ord(digit) - _DIGITS for digit in match[1])
            index = high * _BASE + low
            if index >= len(self.actions):
                return match[0]  # Letters of private use in the file.
            text = printed[index] if printed else None
            return self.actions[index] if text is None else text

        return _WORD.sub(action, value)


def has_action(value: str) -> bool:
    """Return whether part of `value` is known only once the template is rendered."""
    return "{{" in value


def split_actions(value: str) -> tuple[str, ...]:
    """Return the parts of `value` around its actions.

    >>> split_actions("{{ .Values.prefix }}Down")
    ('', 'Down')
    """
    parts: list[str] = []
    end = 0
    for start, stop in _spans(value):
        parts.append(value[end:start])
        end = stop
    return (*parts, value[end:])


def mask_actions(text: str) -> Masked:
    """Return `text` with its actions masked; every other character keeps its place."""
    actions: list[str] = []
    pieces: list[str] = []
    end = 0
    spans = list(_spans(text))
    for (start, stop), alone in zip(spans, _alone(text, spans), strict=True):
        pieces.append(text[end:start])
        action = text[start:stop]
        pieces.append(_blank(action) if alone else _word(action, len(actions)))
        actions.append(action)
        end = stop
    return Masked("".join((*pieces, text[end:])), tuple(actions))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each action."""
    ends = [match.end() for match in _COMMENT_END.finditer(text)]
    dead: set[int] = set()
    last = text.rfind("}}")
    start = text.find("{{")
    while 0 <= start < last:
        stop = _stop(text, start, ends, dead)
        yield start, stop
        start = text.find("{{", stop)


def _stop(text: str, start: int, comments: Sequence[int], dead: set[int]) -> int:
    """Return the end of the action that begins at `start`; `comments` are the ends of all comments.

    `dead` collects the places from which the text leads to a quote that nothing closes, so that none is read again.
    """
    comment = _COMMENT.match(text, start)
    if comment and (at := bisect.bisect_left(comments, comment.end() + 4)) < len(comments):
        return comments[at]
    read = [start + 2]
    while read[-1] not in dead and (piece := _PIECE.match(text, read[-1])) and not piece["open"]:
        if piece["end"]:
            return piece.end()
        read.append(piece.end())
    dead.update(read)
    return text.find("}}", start + 2) + 2


def _alone(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """Yield for each action whether its lines hold only blanks and other actions."""
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [text[end:start], _blank(text[start:stop])]
        end = stop
    lines = "".join([*pieces, text[end:]]).split("\n")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    bounds = [(len(line) - len(line.lstrip()) if line.strip() else len(line), len(line.rstrip())) for line in lines]
    for start, stop in spans:
        first, last = bisect.bisect_right(starts, start) - 1, bisect.bisect_right(starts, stop) - 1
        yield start - starts[first] <= bounds[first][0] and stop - starts[last] >= bounds[last][1]


def _blank(action: str) -> str:
    return re.sub(r"[^\n]", " ", action)


def _word(action: str, index: int) -> str:
    high, low = divmod(index, _BASE)
    return chr(_FIRST) + chr(_DIGITS + high) + chr(_DIGITS + low) + chr(_FIRST + 1) * (len(action) - 3)
