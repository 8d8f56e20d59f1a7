"""Take the rows of a Markdown table apart into cells, those that stand apart from it below included."""

from __future__ import annotations

import re

from opsbook.convert.sources.pieces import MarkdownPiece

_DELIMITER = re.compile(r"[ \t|:-]+$")


def table_rows(piece: MarkdownPiece) -> list[tuple[int, list[str]]]:
    """Return the rows of a table with their lines, the row of dashes left out."""
    rows = []
    for number, line in enumerate(piece.text.split("\n")):
        if number == 1 and _DELIMITER.match(line):
            continue
        rows.append((piece.line + number, split_row(line)))
    return rows + [(line, split_row(text)) for line, text in piece.more]


def continues_table(above: MarkdownPiece, piece: MarkdownPiece) -> bool:
    """Return whether a paragraph goes on with a table above it, and add it: a line of the last cell, or more rows."""
    if above.what != "a table" or piece.what != "text":
        return False
    lines = piece.text.split("\n")
    if piece.line == max(above.last, *(line for line, _ in above.more), 0) + 1 and "|" not in piece.text:
        text = " ".join(lines)
        if above.more:
            above.more[-1] = (above.more[-1][0], f"{above.more[-1][1].rstrip().removesuffix('|')} {text}")
        else:
            above.text = f"{above.text.rstrip().removesuffix('|')} {text}"
        above.last = piece.last
        return True
    width = len(split_row(above.text.split("\n")[0]))
    is_row = [len(split_row(line)) == width > 1 for line in lines]
    if not is_row[0]:
        return False
    for at, line in enumerate(lines):
        if is_row[at]:
            above.more.append((piece.line + at, line))
        else:
            above.more[-1] = (above.more[-1][0], f"{above.more[-1][1]} {line.strip()}")
    above.last = piece.last
    return True


def split_row(line: str) -> list[str]:
    """Return the cells of a row; a `|` in code or behind a backslash divides none.

    >>> split_row("| a | `b|c` | d\\\\|e |")
    ['a', '`b|c`', 'd|e']
    """
    cells, cell, ticks, at = [], "", 0, 0
    line = line.strip()
    while at < len(line):
        sign = line[at]
        if sign == "\\" and line[at + 1 : at + 2] == "|":
            cell, at = cell + "|", at + 2
            continue
        if sign == "`":
            run = len(line[at:]) - len(line[at:].lstrip("`"))
            if ticks == run:
                ticks = 0
            elif not ticks and "`" * run in line[at + run :]:
                ticks = run
            cell, at = cell + "`" * run, at + run
            continue
        if sign == "|" and not ticks:
            cells.append(cell.strip())
            cell = ""
        else:
            cell += sign
        at += 1
    cells.append(cell.strip())
    if line.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if line.endswith("|") and cells and not cells[-1] else cells
