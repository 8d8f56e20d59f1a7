"""Write the legend below a drawing: a small card, with its sign and its word, for each status that it shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import escape

from opsbook.nouns.drawing.cards import WORDS, Mark, Pen, StatusName, outline, status_sign
from opsbook.nouns.drawing.model import Box, Drawing
from opsbook.nouns.drawing.style import EDGE_TEXT, MARGIN, paint

KEY = 30
GAP = 9
LETTER = 7.4


def statuses(drawing: Drawing, marks: Mapping[str, Mark]) -> tuple[StatusName, ...]:
    """Return the statuses that are to be seen, in the order of the words."""
    drawn = [node.id for node in drawing.nodes] + [cluster.id for cluster in drawing.clusters]
    seen = {marks[name].status for name in drawn if name in marks}
    return tuple(status for status in WORDS if status in seen)


def legend_width(pen: Pen, shown: tuple[StatusName, ...]) -> float:
    """Return how wide the row is."""
    return sum(_wide(pen, status) for status in shown) + 2 * MARGIN


def legend_row(pen: Pen, shown: tuple[StatusName, ...], top: float) -> str:
    """Return the row, with its upper edge at `top`."""
    starts = [MARGIN + sum(_wide(pen, status) for status in shown[:place]) for place in range(len(shown))]
    entries = [_entry(pen, status, start, top + 6) for status, start in zip(shown, starts, strict=True)]
    return f'<g id="{pen.id("legend")}" lang="{escape(pen.language.spoken_code)}">{"".join(entries)}</g>'


def _wide(pen: Pen, status: StatusName) -> float:
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in pen.word(status))
    return KEY + GAP + letters * LETTER + 2 * GAP


def _entry(pen: Pen, status: StatusName, x: float, y: float) -> str:
    box = Box(id=status, x=x, y=y, width=KEY, height=16)
    shape = outline(box, status, 4) + status_sign(status, x + KEY / 2, y + 8)
    text = f'<text x="{x + KEY + GAP:g}" y="{y + 12:g}" font-size="{EDGE_TEXT}"{paint("d-key")}>'
    return f"{shape}{text}{escape(pen.word(status))}</text>"
