"""Write the nodes and clusters of a drawing as SVG: cards and frames in their boxes.

Each is a link where its `Mark` leads somewhere, and has the outline and the sign of its status: todo dashed and ○,
doing half solid and ◐, done solid and ●, waived grey and –.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from opsbook.nouns.drawing.model import Box, Cluster, Icon, Node
from opsbook.nouns.drawing.style import CARD_BOTTOM, CARD_TOP, CLUSTER_TEXT, ICON, LINE_HEIGHT, TEXT, paint
from opsbook.site.language import SiteLanguage
from opsbook.site.words import N_

StatusName = Literal["todo", "doing", "done", "waived"]
WORDS: dict[StatusName, str] = {
    "todo": N_("to do"),
    "doing": N_("in progress"),
    "done": N_("done"),
    "waived": N_("waived"),
}
ROUND = 10.0
PLATE = 4.0
LETTER = 0.62
HREF = "xlink:href"
"""The attribute that leads somewhere. Instant navigation of the theme sets each `href` and `src` of a page anew, which
an element of a picture does not allow, and ends there: `resolve` in
https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/instant/index.ts"""
_DASH = ' stroke-dasharray="6 4"'


@dataclass(frozen=True)
class Mark:
    """What a node stands for on the site: where a click leads, what the pointer shows, how far its item is."""

    url: str | None = None
    tooltip: str = ""
    status: StatusName | None = None


@dataclass(frozen=True)
class Pen:
    """What every part of one picture needs: the stem of its ids, its marks, its icons."""

    stem: str
    marks: Mapping[str, Mark]
    icons: Mapping[str, Icon]
    is_for_any_reader: bool = False
    """Whether the picture is a file, which programs draw that know less of SVG than browsers and resvg do."""
    language: SiteLanguage = field(default_factory=SiteLanguage)

    def word(self, status: StatusName | None) -> str:
        """Return what a status is called; nothing where there is none."""
        return self.language.gettext(WORDS[status]) if status else ""

    def haloed(self, place: str, name: str, width: int, content: str) -> str:
        """Return a text of the class `name` with a halo. CairoSVG draws no halo below its text, so a file has both."""
        halo = f'stroke-width="{width}" stroke-linejoin="round"'
        if not self.is_for_any_reader:
            return f'<text {place} {halo} paint-order="stroke"{paint(name)}>{content}</text>'
        below = f'<text {place} aria-hidden="true" {halo}{paint(name)}>{content}</text>'
        return f"{below}<text {place}{paint('d-over')}>{content}</text>"

    def id(self, *parts: str) -> str:
        """Return an id of this picture."""
        return escape("--".join((self.stem, *parts)))


def card(pen: Pen, node: Node, box: Box) -> str:
    """Return the card of a node."""
    mark = pen.marks.get(node.id, Mark())
    icon = pen.icons.get(node.icon or "")
    faded = ' opacity="0.55"' if mark.status == "waived" else ""
    parts = [
        f'<rect {_place(box)} rx="{ROUND:g}" stroke-width="1"{paint("d-card")}/>',
        outline(box, mark.status, ROUND),
        f"<g{faded}>{_icon(pen, icon, box)}</g>" if icon else "",
        _label(node, box, top=box.y + (box.height - CARD_BOTTOM - len(node.lines) * LINE_HEIGHT if icon else 0)),
        _corner_sign(mark.status, box, inside=bool(icon)),
        _ring(box),
    ]
    return _linked(pen, node, mark, "".join(parts))


def frame(pen: Pen, cluster: Cluster, box: Box) -> str:
    """Return the frame of a cluster."""
    rect = f'<rect {_place(box)} rx="{ROUND + 4:g}" fill-opacity="0.07" stroke-width="1"{paint("d-cluster")}/>'
    return rect + outline(box, pen.marks.get(cluster.id, Mark()).status, ROUND + 4)


def frame_label(pen: Pen, cluster: Cluster, box: Box) -> str:
    """Return the label of a cluster, above the edges; it alone is the link, so that the nodes inside can be reached."""
    mark = pen.marks.get(cluster.id, Mark())
    x, y = round(box.x + 14, 1), round(box.y + 21, 1)
    shift = 16 if mark.status else 0
    place = f'x="{x + shift:g}" y="{y:g}" font-size="{CLUSTER_TEXT}" font-weight="600"'
    text = pen.haloed(place, "d-cluster-text", 3, escape(cluster.label))
    wide = shift + len(cluster.label) * CLUSTER_TEXT * LETTER
    area = Box(id=cluster.id, x=x - 2, y=y - 14, width=round(wide, 1), height=19)
    signed = (status_sign(mark.status, x + 5, y - 4.5) if mark.status else "") + text + _ring(area, 2)
    return _linked(pen, cluster, mark, signed)


def outline(box: Box, status: StatusName | None, radius: float) -> str:
    """Return the rim that tells a status apart without its colour."""
    if status is None:
        return ""
    place, width = f'{_place(box)} rx="{radius:g}"', f' fill="none" stroke-width="{2 if status == "done" else 1.7}"'
    if status == "doing":
        half = (
            f"M{box.x + box.width / 2:g},{box.y + box.height:g}H{box.x + radius:g}"
            f"a{radius:g},{radius:g} 0 0 1 -{radius:g},-{radius:g}V{box.y + radius:g}"
            f"a{radius:g},{radius:g} 0 0 1 {radius:g},-{radius:g}H{box.x + box.width / 2:g}"
        )
        return f'<rect {place}{_DASH}{width}{paint("d-doing")}/><path d="{half}"{width}{paint("d-doing")}/>'
    dash = _DASH if status == "todo" else ""
    return f"<rect {place}{dash}{width}{paint(f'd-{status}')}/>"


def status_sign(status: StatusName, x: float, y: float) -> str:
    """Return the sign of a status around a point: a circle that is empty, half full or full, or a dash."""
    inked = paint(f"d-{status}-sign")
    if status == "waived":
        return f'<rect x="{x - 5:g}" y="{y - 1.2:g}" width="10" height="2.4" stroke-width="0"{inked}/>'
    if status == "done":
        return f'<circle cx="{x:g}" cy="{y:g}" r="5" stroke-width="1.6"{inked}/>'
    hole = f'<circle cx="{x:g}" cy="{y:g}" r="4" stroke="none"{paint("d-sign-hole")}/>'
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="5.8" stroke-width="0"{inked}/>{hole}'
    half = f'<path d="M{x:g},{y - 5:g}a5,5 0 0 0 0,10Z" stroke-width="0"{inked}/>' if status == "doing" else ""
    return ring + half


def _corner_sign(status: StatusName | None, box: Box, *, inside: bool) -> str:
    if status is None:
        return ""
    inset = 14 if inside else 1
    x, y = round(box.x + box.width - inset, 1), round(box.y + inset, 1)
    hole = "" if inside else f'<circle cx="{x:g}" cy="{y:g}" r="8" stroke="none"{paint("d-sign-hole")}/>'
    return hole + status_sign(status, x, y)


def _linked(pen: Pen, thing: Node | Cluster, mark: Mark, inside: str) -> str:
    """Return a link with a name and a tooltip or, where nothing is led to, a plain group."""
    said = ", ".join(part for part in (thing.label, pen.word(mark.status)) if part)
    shown = escape(mark.tooltip or said)
    if mark.url is None:
        tooltip = f"<title>{shown}</title>" if mark.tooltip or mark.status else ""
        return f'<g id="{pen.id(thing.id)}">{tooltip}{inside}</g>'
    name = escape(f"{said}: {mark.tooltip}" if mark.tooltip else said)
    return (
        f'<a id="{pen.id(thing.id)}" {HREF}="{escape(mark.url)}" aria-label="{name}"><title>{shown}</title>{inside}</a>'
    )


def _icon(pen: Pen, icon: Icon, box: Box) -> str:
    """Return the icon in the middle of its row; on the page that would swallow it a plate is behind it."""
    width, height = icon.width / 2, icon.height / 2
    x, y = round(box.x + (box.width - width) / 2, 1), round(box.y + CARD_TOP + (ICON - height) / 2, 1)
    plate = ""
    if icon.tone != "plain":
        place = f'x="{x - PLATE:g}" y="{y - PLATE:g}" width="{width + 2 * PLATE:g}" height="{height + 2 * PLATE:g}"'
        plate = f'<rect {place} rx="7"{paint(f"d-plate-{icon.tone}")}/>'
    return (
        f'{plate}<use {HREF}="#{pen.id("icon", icon.id)}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'
    )


def _label(node: Node, box: Box, *, top: float) -> str:
    """Return the lines of a label in the middle of the card; without an icon they stand in its middle too."""
    if not node.icon:
        top = box.y + (box.height - len(node.lines) * LINE_HEIGHT) / 2
    middle = round(box.x + box.width / 2, 1)
    rows = "".join(
        f'<tspan x="{middle:g}" y="{round(top + 12 + row * LINE_HEIGHT, 1):g}">{escape(line)}</tspan>'
        for row, line in enumerate(node.lines)
    )
    return f'<text text-anchor="middle" font-size="{TEXT}"{paint("d-text")}>{rows}</text>'


def _ring(box: Box, gap: float = 4) -> str:
    """Return the ring that shows the keyboard where it is; only a style sheet makes it visible."""
    around = Box(id=box.id, x=box.x - gap, y=box.y - gap, width=box.width + 2 * gap, height=box.height + 2 * gap)
    return f'<rect class="d-ring" {_place(around)} rx="{ROUND + 4:g}" fill="none"/>'


def _place(box: Box) -> str:
    return f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
