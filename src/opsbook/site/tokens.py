"""Say what each colour of the site is: one table by meaning, for the style sheet, the badges and the drawings.

In a page a colour is the custom property `--ob-<name>`, which `web` writes from this table. A badge and a drawing that
stands alone hold the values themselves. Text and signs have a contrast of at least 4.5 on every ground that they stand
on, and lines that carry a meaning of 3, as WCAG 2.2 asks; `tests/site/test_tokens.py` measures it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

ColourScheme = Literal["light", "dark"]


class Colour(NamedTuple):
    """The values of a colour in the two schemes."""

    light: str
    dark: str


COLOURS: Final[dict[str, Colour]] = {
    # What things stand on. A card lies on the page, a panel beside its text, and a bar fills its track.
    "page": Colour("#ffffff", "#12171e"),
    "card": Colour("#ffffff", "#232b35"),
    "surface": Colour("#f6f8fa", "#1a212a"),
    "track": Colour("#e3e7eb", "#2b3541"),
    "footer": Colour("#f6f8fa", "#161c24"),
    "footer-end": Colour("#eef1f4", "#12171e"),
    # Text, from what matters most to what matters least. `pale` is for lines and decoration, never for words.
    "text": Colour("#24292f", "#e2e6eb"),
    "muted": Colour("#4b535c", "#b4bcc6"),
    "faint": Colour("#57606a", "#a4adb8"),
    "pale": Colour("#8b949e", "#8b949e"),
    # The state of things, and what a command does to a system.
    "todo": Colour("#57606a", "#a4adb8"),
    "doing": Colour("#9a5b00", "#e8b04a"),
    "done": Colour("#1a7f37", "#56c46e"),
    "waived": Colour("#6e6a72", "#aaa3b0"),
    "danger": Colour("#b42318", "#ff8f82"),
    # The one accent: links, where the reader is, what only reads; and a link under the pointer.
    "accent": Colour("#0b5cad", "#86b8f7"),
    "accent-hover": Colour("#084a8c", "#a9cdff"),
    # Lines: between things, around a card of a drawing, around a group of cards, from card to card.
    "line": Colour("#d7dce1", "#303945"),
    "rim": Colour("#c3ccd6", "#454d5b"),
    "frame": Colour("#a9b8c9", "#4b5768"),
    "edge": Colour("#66788a", "#93a1b1"),
    # The one hue that an edge of a drawing can have and no state has.
    "purple": Colour("#7e22ce", "#c79bf2"),
    # Behind an icon that the card would swallow: each is the card itself in the scheme where none is needed.
    "plate": Colour("#ffffff", "#e8ecf2"),
    "plate-inverse": Colour("#24292f", "#232b35"),
    # What is on a ground of its own, whatever the scheme: the notice of a failed build, and badges.
    "mistake-line": Colour("#b42318", "#b42318"),
    "mistake-surface": Colour("#fff1ef", "#fff1ef"),
    "mistake-text": Colour("#24292f", "#24292f"),
}

BADGE_TEXT: Final = "#ffffff"
BADGE_LABEL: Final = COLOURS["text"].light
BADGE_LEVELS: Final = (
    (100, COLOURS["done"].light),
    (50, "#3f6b0f"),
    (1, COLOURS["accent"].light),
    (0, COLOURS["todo"].light),
)
"""The grounds of a badge: whole per cent done, and the colour from there on. A badge looks the same in both schemes."""


def properties(scheme: ColourScheme, names: Iterable[str] = COLOURS) -> str:
    """Return the declarations of the custom properties of `names`, one after the other, with the values of `scheme`.

    >>> properties("dark", ["done", "todo"])
    '--ob-done: #56c46e; --ob-todo: #a4adb8;'
    """
    return " ".join(f"--ob-{name}: {getattr(COLOURS[name], scheme)};" for name in names)
