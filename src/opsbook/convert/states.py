"""Read the state of an item from the cell of a table or from its box: a sign, or a word in one of many languages."""

from __future__ import annotations

import re

from opsbook.convert.titles import plain_word
from opsbook.convert.vocabulary import state
from opsbook.nouns.checklist.model import Status

_BOX = re.compile(r"\[(?P<mark>[^\[\]]?)\]$")
_TICKED = frozenset(("☑", "☒", "✓", "✔", "✅", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:"))
_OPEN = frozenset(("☐", "⬜", "❌", "✗", "✘", "□", "◻", "🔲", ":x:", ":black_square_button:", ":white_large_square:"))
_DOING = frozenset(
    (
        *("🚧", "⏳", "🔄", "in review", "review", "blocked", "partial", "partially", "teilweise", "en cours"),
        *("in arbeit", "en progreso", "in corso", "em andamento", "进行中", "進行中"),
    )
)
_DONE = frozenset(
    (
        *("erledigt", "fertig", "abgeschlossen", "umgesetzt", "terminé", "fait", "hecho", "completado", "fatto"),
        *("feito", "resolved", "完成", "已完成", "完了", "готово", "klaar"),
    )
)
_TODO = frozenset(
    (
        *("offen", "nicht begonnen", "nicht erledigt", "geplant", "à faire", "pendiente", "da fare", "a fazer"),
        *("backlog", "selected for development", "not tested", "fail", "failed", "not implemented", "to be done"),
        *("n/a", "select an option", "待办", "未着手", "未完了"),
    )
)


def read_state(cell: str) -> Status | None:
    """Return the state that a cell stands for; None where it is no state."""
    bare = cell.strip().strip("*_`").strip()
    if box := _BOX.match(bare):
        return box_state(box["mark"])
    sign, word = bare.rstrip("\ufe0f"), plain_word(bare).casefold()
    if sign in _TICKED or word in _DONE:
        return Status.DONE
    if sign in _OPEN or word in _TODO:
        return Status.TODO
    if sign in _DOING or word in _DOING:
        return Status.DOING
    return state(word) if word else None


def box_state(mark: str) -> Status:
    """Return the state that the sign in a box stands for."""
    if mark in ("x", "X", "v", "V", "*", "+", "\u2713", "\u2714", "\u2705", "\u2611"):
        return Status.DONE
    return Status.DOING if mark in ("/", "~", ">", "o", "O", ".", "\u25d0") else Status.TODO
