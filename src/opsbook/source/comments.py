"""Remove the comments from Markdown, in time proportional to the text even where none of them is closed."""

from __future__ import annotations

import re

NOTE = re.compile(r"<!-- {0,9}opsbook:")
"""The beginning of a comment that is a note to this program."""


def without_comments(text: str, put: str = "", *, line_end: bool = False) -> str:
    """Return `text` with `put` in place of each `<!-- comment -->`, and of the line end after it with `line_end`.

    A comment that is never closed stays.
    """
    pieces, end = [], 0
    start = text.find("<!--")
    while start >= 0:
        close = text.find("-->", start + 4)
        if close < 0:
            break
        pieces += [text[end:start], put]
        end = close + 3
        if line_end and text.startswith("\n", end):
            end += 1
        start = text.find("<!--", end)
    return "".join([*pieces, text[end:]])


def without_notes(text: str) -> str:
    """Return `text` without the comments that are notes to this program, `<!-- opsbook: … -->`; its lines stay."""
    pieces, end = [], 0
    note = NOTE.search(text)
    while note and (close := text.find("-->", note.end())) >= 0:
        pieces += [text[end : note.start()].rstrip(" "), "\n" * text.count("\n", note.start(), close)]
        end = close + 3
        note = NOTE.search(text, end)
    return "".join([*pieces, text[end:]])
