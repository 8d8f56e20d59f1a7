"""Read the positions of all parts of a drawing from the JSON that Graphviz made of its DOT.

That is `-Tjson0`, with lengths in points and the origin at the bottom left. A `Layout` has its origin at the top left,
and a margin around it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from opsbook.nouns.drawing.engine import EngineError
from opsbook.nouns.drawing.model import Box, Edge, Layout, Route, Sketch
from opsbook.nouns.drawing.style import MARGIN

POINTS = 72
HEAD_WIDTH = 3.6
# Graphviz leaves 8 points between two clusters; frames are drawn smaller so that they do not seem to touch.
INSET = 4.0
Point = tuple[float, float]
_SIDES = {"LR": ("e", "w"), "RL": ("w", "e"), "TB": ("s", "n"), "BT": ("n", "s")}


@dataclass(frozen=True)
class _Sheet:
    """The page of the engine, which converts its points into ours."""

    left: float
    top: float

    def point(self, text: str) -> Point:
        x, y = text.split(",")[-2:]
        return round(float(x) - self.left + MARGIN, 1), round(self.top - float(y) + MARGIN, 1)


def layout_of(sketch: Sketch, laid_out: str) -> Layout:
    """Return the layout of a sketch. Raises EngineError where `laid_out` is no JSON."""
    try:
        graph = json.loads(laid_out)
    except ValueError:
        raise EngineError("the layout engine answered with no JSON; look for odd characters in a label") from None
    left, bottom, right, top = (float(number) for number in graph["bb"].split(","))
    sheet = _Sheet(left, top)
    found = {thing["name"]: thing for thing in graph["objects"]}
    clusters = [cluster.id for cluster in sketch.clusters if f"cluster_{cluster.id}" in found]
    edges = {edge["id"]: edge for edge in graph.get("edges", ())}
    return Layout(
        width=round(right - left + 2 * MARGIN, 1),
        height=round(top - bottom + 2 * MARGIN, 1),
        nodes=tuple(_card(node.id, found[node.id], sheet) for node in sketch.nodes),
        clusters=tuple(_frame(name, found[f"cluster_{name}"], sheet) for name in clusters),
        routes=tuple(_route(edge, edges[f"edge-{number}"], sheet) for number, edge in enumerate(sketch.edges, 1)),
    )


def facing_ports(sketch: Sketch, layout: Layout) -> dict[int, tuple[str, str]]:
    """Return the sides of edges that run in the drawing's direction: from the front of a card to the back of another.

    Edges that fan out or in then share a point, and none grazes the corner of a card.
    """
    cards = {box.id: box for box in layout.nodes}
    sides = _SIDES[sketch.direction]
    return {
        number: sides
        for number, edge in enumerate(sketch.edges, 1)
        if _is_ahead(cards[edge.target], cards[edge.source], sketch.direction)
    }


def _is_ahead(box: Box, other: Box, direction: str) -> bool:
    """Return whether a card lies wholly beyond another, seen in the direction of the drawing."""
    if direction == "LR":
        return box.x > other.x + other.width
    if direction == "RL":
        return box.x + box.width < other.x
    if direction == "TB":
        return box.y > other.y + other.height
    return box.y + box.height < other.y


def _card(name: str, laid: dict[str, Any], sheet: _Sheet) -> Box:
    x, y = sheet.point(laid["pos"])
    width, height = float(laid["width"]) * POINTS, float(laid["height"]) * POINTS
    return _box(name, x - width / 2, y - height / 2, width, height)


def _frame(name: str, laid: dict[str, Any], sheet: _Sheet) -> Box:
    left, bottom, right, top = laid["bb"].split(",")
    x, y = sheet.point(f"{left},{top}")
    end_x, end_y = sheet.point(f"{right},{bottom}")
    return _box(name, x + INSET, y + INSET, end_x - x - 2 * INSET, end_y - y - 2 * INSET)


def _box(name: str, x: float, y: float, width: float, height: float) -> Box:
    return Box(id=name, x=round(x, 1), y=round(y, 1), width=round(width, 1), height=round(height, 1))


def _route(edge: Edge, laid: dict[str, Any], sheet: _Sheet) -> Route:
    """Return the path of an edge with its arrow heads and the place of its label.

    `pos` is one spline or several: an optional `s,` start tip and `e,` end tip, then the points of the curve.
    """
    lines, heads = [], []
    for spline in laid.get("pos", "").split(";"):
        words = spline.split()
        tips = {word[0]: sheet.point(word) for word in words if word[0] in "se"}
        points = [sheet.point(word) for word in words if word[0] not in "se"]
        if not points:
            continue
        lines.append(_curve(points))
        if "s" in tips:
            heads.append(_head(points[0], points[1], tips["s"]))
        if "e" in tips:
            heads.append(_head(points[-1], points[-2], tips["e"]))
    x, y = sheet.point(laid["lp"]) if "lp" in laid and edge.lines else (0.0, 0.0)
    return Route(line=" ".join(lines), heads=" ".join(heads), x=x, y=y)


def _curve(points: list[Point]) -> str:
    first, rest = points[0], points[1:]
    return f"M{_pair(first)}C" + " ".join(_pair(point) for point in rest)


def _head(end: Point, before: Point, tip: Point) -> str:
    """Return the path of a filled arrow head from the end of the curve to its tip."""
    long = math.hypot(tip[0] - end[0], tip[1] - end[1])
    if not long:
        end, long = before, math.hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
    across_x, across_y = (tip[1] - end[1]) / long * HEAD_WIDTH, (end[0] - tip[0]) / long * HEAD_WIDTH
    wings = (end[0] + across_x, end[1] + across_y), (end[0] - across_x, end[1] - across_y)
    return f"M{_pair(tip)}L{_pair(wings[0])}L{_pair(wings[1])}Z"


def _pair(point: Point) -> str:
    return f"{round(point[0], 1):g},{round(point[1], 1):g}"
