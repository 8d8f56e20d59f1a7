"""How a drawing looks: its sizes, its colours in both schemes, and the style sheet that switches them.

In: nothing. Out: numbers for the layout, colours for the SVG, CSS for the page and for a file that stands alone.
Every colour is also a presentation attribute of the SVG, so that a drawing holds where its style sheet is refused.
"""

from __future__ import annotations

from typing import Final

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

LIGHT: Final = {
    "page": "#ffffff",
    "text": "#1f2933",
    "muted": "#52606d",
    "card": "#ffffff",
    "rim": "#c3ccd6",
    "cluster": "#4a6fa5",
    "frame": "#a9b8c9",
    "edge": "#66788a",
    "plate": "#ffffff",
    "inverse": "#24303d",
    "focus": "#1d4ed8",
    "todo": "#6b7280",
    "doing": "#b45309",
    "done": "#15803d",
    "waived": "#9aa3ad",
    "red": "#c2410c",
    "orange": "#a16207",
    "green": "#15803d",
    "blue": "#1d4ed8",
    "purple": "#7e22ce",
}
DARK: Final = LIGHT | {
    "page": "#1e2129",
    "text": "#e6eaf0",
    "muted": "#aab4c0",
    "card": "#272b35",
    "rim": "#454d5b",
    "cluster": "#8fb4e8",
    "frame": "#4b5768",
    "edge": "#93a1b1",
    "plate": "#e8ecf2",
    "inverse": "#14171d",
    "focus": "#8ab4f8",
    "todo": "#9ca6b3",
    "doing": "#f0a848",
    "done": "#4fc47f",
    "waived": "#6d7784",
    "red": "#f98f6a",
    "orange": "#e3b341",
    "green": "#4fc47f",
    "blue": "#8ab4f8",
    "purple": "#c79bf2",
}

# class of the SVG -> property -> name of the colour
PAINT: Final = {
    "d-page": {"fill": "page"},
    "d-text": {"fill": "text"},
    "d-card": {"fill": "card", "stroke": "rim"},
    "d-cluster": {"fill": "cluster", "stroke": "frame"},
    "d-cluster-text": {"fill": "muted", "stroke": "page"},
    "d-key": {"fill": "muted"},
    "d-edge": {"stroke": "edge"},
    "d-head": {"fill": "edge"},
    "d-edge-text": {"fill": "muted", "stroke": "page"},
    **{f"d-{hue}": {"stroke": hue} for hue in ("red", "orange", "green", "blue", "purple")},
    **{f"d-{hue}-head": {"fill": hue} for hue in ("red", "orange", "green", "blue", "purple")},
    **{f"d-{status}": {"stroke": status} for status in ("todo", "doing", "done", "waived")},
    **{f"d-{status}-sign": {"fill": status, "stroke": status} for status in ("todo", "doing", "done", "waived")},
    "d-sign-hole": {"fill": "card"},
    "d-plate-dark": {"fill": "plate"},
    "d-plate-pale": {"fill": "inverse"},
}


def paint(name: str) -> str:
    """The attributes that paint an element as its class does, in the light scheme.

    >>> paint("d-text")
    ' class="d-text" fill="#1f2933"'
    """
    colours = "".join(f' {what}="{LIGHT[colour]}"' for what, colour in PAINT[name].items())
    return f' class="{name}"{colours}'


def page_css() -> str:
    """The style sheet for drawings that stand in a page; Material's colour scheme switches it, print is light."""
    ground = {"page": "var(--md-default-bg-color, #fff)"}
    dark = f"@media screen {{ [data-md-color-scheme=slate] .drawing {{ {_tokens(DARK | ground)} }} }}"
    return f".drawing {{ {_tokens(LIGHT | ground)} }}\n{dark}\n{_rules()}"


def file_css() -> str:
    """The style sheet inside a file that stands alone; the reader's system switches it, print is light."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ .drawing {{ {_tokens(DARK)} }} }}"
    return f".drawing {{ {_tokens(LIGHT)} }}\n{dark}\n{_rules()}"


def _tokens(colours: dict[str, str]) -> str:
    return " ".join(f"--drawing-{name}: {colour};" for name, colour in colours.items())


def _rules() -> str:
    painted = [
        f".{name} {{ {' '.join(f'{what}: var(--drawing-{colour});' for what, colour in paint.items())} }}"
        for name, paint in PAINT.items()
    ]
    return "\n".join(
        [
            f".drawing {{ font-family: var(--md-text-font-family, {FONT}); max-width: 100%; height: auto; }}",
            *painted,
            _LIVE,
        ]
    )


# Plates show only on the page that would swallow the icon; which page that is follows from the colour of the plate.
_LIVE: Final = """\
.d-ring { fill: none; stroke: none; }
.drawing a { outline: none; text-decoration: none; }
.drawing a:hover .d-text, .drawing a:focus-visible .d-text { text-decoration: underline; }
.drawing a:hover .d-ring { stroke: var(--drawing-focus); stroke-width: 1.5; }
.drawing a:focus-visible .d-ring { stroke: var(--drawing-focus); stroke-width: 3; }
.drawing a:target .d-ring, .drawing g:target .d-ring { stroke: var(--drawing-focus); stroke-width: 3; }
"""
