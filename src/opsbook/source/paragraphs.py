"""Find a paragraph of Markdown that is too long for its renderer.

The time for a paragraph grows with the square of its length. Rows of a table, entries of a list and hidden lines
end a paragraph; lines that only look like those do not, as for the renderer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENTRY = re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]")
_BETWEEN = re.compile(r"[ \t>]*+\|?[ \t]*+:?-[-:| \t]*+")


def paragraph_too_long(lines: Sequence[str], hidden: frozenset[int], first: int, most: int) -> tuple[int, int] | None:
    """Return the line and column, from 1, at which a paragraph from line `first` on exceeds `most` characters.

    Return None where no paragraph does.
    """
    length = 0
    starts = True
    is_table = is_list = False
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if number in hidden or not line.strip(" \t>"):
            length, starts = 0, True
            continue
        if starts:
            following = lines[number] if number < len(lines) else ""
            is_table = "|" in line and "|" in following and bool(_BETWEEN.fullmatch(following))
            is_list = bool(_ENTRY.match(line))
        if is_table or (is_list and _ENTRY.match(line)):
            length = 0
        starts = False
        if length + len(line) > most:
            return number, most - length + 1
        length += len(line) + 1
    return None
