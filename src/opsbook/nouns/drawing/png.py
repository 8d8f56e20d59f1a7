"""Render drawings as PNG in light colours, at most `WIDTH` pixels wide, for pasting into a chat.

They are made side by side in processes. Text is set in the typeface that Pillow carries, so that a picture is the same
on a machine without fonts; where a label has letters that it lacks, the fonts of the system help.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import ImageFont

from opsbook.graph import Graph
from opsbook.nouns.drawing.cards import Mark
from opsbook.nouns.drawing.model import Drawing, drawing_file
from opsbook.nouns.drawing.model.picture import marks
from opsbook.nouns.drawing.run import worker_environment
from opsbook.nouns.drawing.style import BARE_FONT
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import Asset
from opsbook.store import Store, key_of
from opsbook.versions import versions

SCALE, WIDTH = 2.0, 1600


@dataclass(frozen=True)
class _Order:
    """A picture to be made: its SVG and its scale."""

    id: str
    svg: str
    scale: float

    @property
    def key(self) -> str:
        """Return the cache key of the picture, which changes with what it shows and with the programs that draw it."""
        return key_of(versions("pillow", "resvg-py", code="nouns/drawing"), str(self.scale), self.svg)


def picture_assets(graph: Graph, *, cache: Path) -> Iterator[Asset]:
    """Yield each drawing as PNG, which no page function makes, since it takes a library outside of Python's own."""
    drawings = {drawing_file(drawing, "png"): drawing for drawing in graph.all(Drawing)}
    marked = [(drawing, marks(drawing, graph)) for drawing in drawings.values()]
    yield from map(Asset, drawings, drawing_pngs(marked, cache=cache, language=site_language(graph)))


def drawing_pngs(
    pictures: Sequence[tuple[Drawing, Mapping[str, Mark]]],
    *,
    cache: Path | None = None,
    workers: int | None = None,
    language: SiteLanguage | None = None,
) -> tuple[bytes, ...]:
    """Return the PNG of each drawing with its marks, in the order given.

    `workers` processes draw at a time (as many as there are processors by default). `cache` is a folder of its own
    for pictures that are kept from one run to the next.
    """
    orders = [_order(drawing, marks, language) for drawing, marks in pictures]
    with Store(cache) as store:
        kept = {order: picture for order in orders if (picture := store.read(order.id, order.key)) is not None}
        made = _drawn([order for order in orders if order not in kept], workers or os.cpu_count() or 1)
        for order, picture in made.items():
            store.write(order.id, order.key, picture)
        store.prune()
    return tuple((kept | made)[order] for order in orders)


def _order(drawing: Drawing, marks: Mapping[str, Mark], language: SiteLanguage | None) -> _Order:
    marks = {id: replace(mark, url=None) for id, mark in marks.items()}  # Nobody follows a link in a PNG.
    svg = drawing_svg(drawing, marks, form="bare", language=language)
    return _Order(drawing.id, svg, min(SCALE, WIDTH / drawing.layout.width))


def _drawn(orders: Sequence[_Order], workers: int) -> dict[_Order, bytes]:
    """Return the PNG of each order; every one is made in a process of its own."""
    if not orders:
        return {}
    with tempfile.TemporaryDirectory(prefix="opsbook-") as folder, ThreadPoolExecutor(workers) as pool:
        typeface = Path(folder) / "text.ttf"
        typeface.write_bytes(_typeface().font_bytes)
        made = list(pool.map(lambda order: _rendered(order, typeface), orders))
    return dict(zip(orders, made, strict=True))


def _rendered(order: _Order, typeface: Path) -> bytes:
    request = {
        "svg_string": order.svg,
        "zoom": order.scale,
        "font_files": [str(typeface)],
        "skip_system_fonts": _has_letters(_typeface(), order.svg),
        "sans_serif_family": BARE_FONT,
    }
    command = [sys.executable, "-P", "-m", "opsbook.nouns.drawing.raster"]
    text = json.dumps(request).encode()
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, env=worker_environment(), check=True).stdout


@cache
def _typeface() -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size=12)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("this Pillow was built without FreeType; install its wheel from PyPI")
    return font


def _has_letters(typeface: ImageFont.FreeTypeFont, text: str) -> bool:
    """Return whether a typeface has every letter of a text: it draws the same box for each letter that it lacks."""
    lacking = bytes(typeface.getmask("\u0416"))
    return all(bytes(typeface.getmask(letter)) != lacking for letter in {*text} if not letter.isascii())
