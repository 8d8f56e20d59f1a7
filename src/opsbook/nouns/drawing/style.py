"""Say how a drawing looks: its sizes, which colour of the palette each part has, and the style sheets that switch them.

One sheet is for the page, another for a drawing that is a file of its own. Every colour is also a presentation
attribute of the SVG, so that a drawing holds where its style sheet is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from opsbook.site.tokens import COLOURS

ICON: Final = 46
ICON_WIDTH: Final = 62
CARD_WIDTH: Final = 100
CARD_TOP: Final = 12
CARD_GAP: Final = 7
CARD_BOTTOM: Final = 10
LINE_HEIGHT: Final = 16
TEXT: Final = 13
EDGE_TEXT: Final = 12
EDGE_LINE: Final = 14
CLUSTER_TEXT: Final = 13
TITLE_TEXT: Final = 20
MARGIN: Final = 12

# A label is laid out this much wider than Arial sets it: system fonts differ, and DejaVu Sans and Verdana are wide.
SLACK: Final = 1.2
FONT: Final = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
BARE_FONT: Final = "Aileron"

# Each hue that a script can give to an edge, and the colour of the palette that has it.
_HUES: Final = {"red": "danger", "orange": "doing", "green": "done", "blue": "accent", "purple": "purple"}
_STATUSES: Final = ("todo", "doing", "done", "waived")

# class of the SVG -> property -> name of the colour
PAINT: Final = {
    "d-page": {"fill": "page"},
    "d-text": {"fill": "text"},
    "d-card": {"fill": "card", "stroke": "rim"},
    "d-cluster": {"fill": "accent", "stroke": "frame"},
    "d-cluster-text": {"fill": "muted", "stroke": "page"},
    "d-over": {"fill": "muted"},
    "d-key": {"fill": "muted"},
    "d-edge": {"stroke": "edge"},
    "d-head": {"fill": "edge"},
    "d-edge-text": {"fill": "muted", "stroke": "page"},
    **{f"d-{hue}": {"stroke": colour} for hue, colour in _HUES.items()},
    **{f"d-{hue}-head": {"fill": colour} for hue, colour in _HUES.items()},
    **{f"d-{status}": {"stroke": status} for status in _STATUSES},
    **{f"d-{status}-sign": {"fill": status, "stroke": status} for status in _STATUSES},
    "d-sign-hole": {"fill": "card"},
    # Plates show only on the page that would swallow the icon; which page that is follows from their colours.
    "d-plate-dark": {"fill": "plate"},
    "d-plate-pale": {"fill": "plate-inverse"},
}


def paint(name: str) -> str:
    """Return the attributes that paint an element as its class does, in the light scheme.

    >>> paint("d-text")
    ' class="d-text" fill="#24292f"'
    """
    colours = "".join(f' {what}="{COLOURS[colour].light}"' for what, colour in PAINT[name].items())
    return f' class="{name}"{colours}'


def page_css() -> str:
    """Return the style sheet for drawings that stand in a page, whose own sheet has the palette.

    A page can have another ground than the palette's.
    """
    page = f"--ob-page: var(--md-default-bg-color, {COLOURS['page'].light});"
    font = f"font-family: var(--md-text-font-family, {FONT});"
    return f".drawing {{ {page} {font} }}\n{_SIZE}\n{_FORM}{_colours(lambda colour: f'var(--ob-{colour})')}"


def file_css() -> str:
    """Return the style sheet inside a file that stands alone; the reader's system switches it, print is light.

    Renderers without custom properties, such as resvg and CairoSVG, take a `var()` in a rule for black or for nothing,
    whatever the attribute beside it says. So the attributes are the light colours, and the dark ones are plain values
    in an `@media` that such a renderer passes over, as is the size, of which CairoSVG makes no picture at all.
    """
    dark = _colours(lambda colour: COLOURS[colour].dark)
    light = f"@media all {{ {_SIZE} }}\n{_FORM}{_ring(COLOURS['accent'].light)}"
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _colours(value: Callable[[str], str]) -> str:
    """Return the rules that give each part its colours, by what `value` makes of the name of a colour."""
    painted = (
        f".{name} {{ {' '.join(f'{what}: {value(colour)};' for what, colour in paint.items())} }}\n"
        for name, paint in PAINT.items()
    )
    return "".join([*painted, _ring(value("accent"))])


_SIZE: Final = ".drawing { max-width: 100%; height: auto; }"
_FORM: Final = """\
.d-ring { fill: none; stroke: none; }
.drawing a { outline: none; text-decoration: none; }
.drawing a:hover .d-text, .drawing a:focus-visible .d-text { text-decoration: underline; }
"""


def _ring(colour: str) -> str:
    """Return the rules for the ring around what the reader points at, has reached or came for."""
    return f"""\
.drawing a:hover .d-ring {{ stroke: {colour}; stroke-width: 1.5; }}
.drawing a:focus-visible .d-ring {{ stroke: {colour}; stroke-width: 3; }}
.drawing a:target .d-ring, .drawing g:target .d-ring {{ stroke: {colour}; stroke-width: 3; }}
"""
