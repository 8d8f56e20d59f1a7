"""Write a drawing as SVG, with a `Mark` for each node or cluster that leads somewhere.

It is one well-formed `<svg>` that holds its icons, has no script and no address of this machine, and whose ids begin
with its own. Inline it takes its colours from `style.page_css`; as a file it carries `style.file_css`; bare it has the
light colours only, for the PNG.

The SVG is written here and in `cards`, not in templates: nearly every element has a place that was computed for it and
is there or not by the drawing, so a template would hold little but expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal

from opsbook.nouns.drawing.cards import HREF, Mark, Pen, card, frame, frame_label
from opsbook.nouns.drawing.hues import hue_of
from opsbook.nouns.drawing.legend import legend_row, legend_width, statuses
from opsbook.nouns.drawing.model import Drawing, Edge, Icon, Route
from opsbook.nouns.drawing.style import EDGE_LINE, EDGE_TEXT, FONT, MARGIN, TITLE_TEXT, file_css, paint
from opsbook.site.language import SiteLanguage

__all__ = ["Form", "Mark", "drawing_svg", "summary"]

Form = Literal["inline", "file", "bare"]
HEAD_ROOM = 40
LEGEND_ROOM = 34
TITLE_LETTER = 0.6
_DASHES = {"dashed": ' stroke-dasharray="6 4"', "dotted": ' stroke-dasharray="1.5 4"', "bold": ' stroke-width="2.6"'}


def drawing_svg(
    drawing: Drawing,
    marks: Mapping[str, Mark],
    *,
    form: Form = "inline",
    prefix: str = "",
    legend: bool = True,
    language: SiteLanguage | None = None,
) -> str:
    """Return the SVG of a drawing. `marks` go by the id of a node or cluster.

    `prefix` is put before every id: give one where a page shows a drawing twice. A file also shows its title.
    """
    icons = {icon.id: icon for icon in drawing.icons}
    pen = Pen(f"{prefix}{drawing.id}", marks, icons, form == "file", language or SiteLanguage())
    shown = statuses(drawing, marks) if legend else ()
    top = 0 if form == "inline" else HEAD_ROOM
    width = max(drawing.layout.width, legend_width(pen, shown), top and 2 * MARGIN + _title_width(drawing.title))
    height = drawing.layout.height + top + (LEGEND_ROOM if shown else 0)
    lines = [_head(drawing, pen, width, height, font=FONT if form != "bare" else "sans-serif")]
    if form == "file":
        lines.append(f"<style>\n{file_css()}</style>")
    if form != "inline":
        lines += [f'<rect width="100%" height="100%"{paint("d-page")}/>', _title(drawing.title)]
    lines += [f"<defs>{''.join(_symbol(pen, icon) for icon in drawing.icons)}</defs>"]
    lines += [
        f'<g transform="translate({(width - drawing.layout.width) / 2:g} {top})">',
        *_picture(drawing, pen),
        "</g>",
    ]
    if shown:
        lines.append(legend_row(pen, shown, top + drawing.layout.height))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _head(drawing: Drawing, pen: Pen, width: float, height: float, *, font: str) -> str:
    """Return the root element. A picture with links is a group: the role `img` would hide them from a screen reader."""
    role = "group" if any(mark.url for mark in pen.marks.values()) else "img"
    name, text = pen.id("title"), pen.id("desc")
    said_in = "" if drawing.description else f' lang="{escape(pen.language.spoken_code)}"'
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return (
        f'<svg {spaces} id="{pen.id()}" class="drawing" role="{role}" {size} '
        f'aria-labelledby="{name}" aria-describedby="{text}" font-family="{escape(font)}">\n'
        f'<title id="{name}">{escape(drawing.title)}</title>\n'
        f'<desc id="{text}"{said_in}>{escape(summary(drawing, pen.language))}</desc>'
    )


def summary(drawing: Drawing, language: SiteLanguage) -> str:
    """Return what the drawing shows: its own description or, without one, what is in it."""
    nodes = language.ngettext("%(count)s node", "%(count)s nodes", len(drawing.nodes))
    edges = language.ngettext("%(count)s connection", "%(count)s connections", len(drawing.edges))
    what = language.gettext("An architecture drawing: %(nodes)s, %(edges)s.", nodes=nodes, edges=edges)
    return drawing.description or what


def _title(title: str) -> str:
    place = f'x="{MARGIN + 4}" y="{HEAD_ROOM - 10}" font-size="{TITLE_TEXT}" font-weight="600"'
    return f"<text {place}{paint('d-text')}>{escape(title)}</text>"


def _title_width(title: str) -> float:
    return round(len(title) * TITLE_TEXT * TITLE_LETTER)


def _symbol(pen: Pen, icon: Icon) -> str:
    size = f'width="{icon.width}" height="{icon.height}"'
    image = f'<image {size} {HREF}="data:image/png;base64,{icon.data}"/>'
    return f'<symbol id="{pen.id("icon", icon.id)}" viewBox="0 0 {icon.width} {icon.height}">{image}</symbol>'


def _picture(drawing: Drawing, pen: Pen) -> list[str]:
    """Return frames below, then edges, then labels and cards, and the words of the edges above all."""
    frames = {box.id: box for box in drawing.layout.clusters}
    cards = {box.id: box for box in drawing.layout.nodes}
    routes = list(zip(drawing.edges, drawing.layout.routes, strict=True))
    return [
        *[frame(pen, cluster, frames[cluster.id]) for cluster in drawing.clusters],
        *[_edge(edge, route) for edge, route in routes if route.line],
        *[frame_label(pen, cluster, frames[cluster.id]) for cluster in drawing.clusters],
        *[card(pen, node, cards[node.id]) for node in drawing.nodes],
        *[_words(pen, edge, route) for edge, route in routes if edge.lines],
    ]


def _edge(edge: Edge, route: Route) -> str:
    hue = hue_of(edge.colour)
    line, head = (f"d-{hue}", f"d-{hue}-head") if hue else ("d-edge", "d-head")
    style = _DASHES.get(edge.style, "")
    width = "" if edge.style == "bold" else ' stroke-width="1.5"'
    heads = f'<path d="{route.heads}"{paint(head)}/>' if route.heads else ""
    return f'<path d="{route.line}" fill="none"{width}{style}{paint(line)}/>{heads}'


def _words(pen: Pen, edge: Edge, route: Route) -> str:
    """Return the label of an edge, with a halo in the colour of the page."""
    first = route.y - (len(edge.lines) - 1) * EDGE_LINE / 2 + EDGE_TEXT * 0.35
    rows = "".join(
        f'<tspan x="{route.x:g}" y="{first + row * EDGE_LINE:g}">{escape(line)}</tspan>'
        for row, line in enumerate(edge.lines)
    )
    return pen.haloed(f'text-anchor="middle" font-size="{EDGE_TEXT}"', "d-edge-text", 4, rows)
