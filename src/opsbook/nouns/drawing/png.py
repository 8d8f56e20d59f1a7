"""Drawings as PNG, for pasting into a chat.

In: drawings and their marks. Out: the bytes of pictures in light colours, at most `WIDTH` pixels wide, made side by
side in processes. Text is set in the typeface that Pillow carries, so that a picture is the same on a machine without
fonts; where a label has letters that it lacks, the fonts of the system help.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from PIL import ImageFont

from opsbook.nouns.drawing.cards import Mark
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.run import worker_environment
from opsbook.nouns.drawing.style import BARE_FONT
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.store import keep_file

SCALE, WIDTH = 2.0, 1600
SIGNATURE = b"\x89PNG\r\n\x1a\n"
END = b"IEND\xaeB`\x82"


@dataclass(frozen=True)
class _Order:
    """One picture that is wanted: its SVG, and how much larger it is to be."""

    id: str
    svg: str
    scale: float

    @property
    def name(self) -> str:
        """The file of the picture in the cache; it changes with everything that matters."""
        mixed = f"{version('resvg-py')}\0{version('pillow')}\0{self.scale}\0{self.svg}"
        return f"{self.id}-{hashlib.sha256(mixed.encode()).hexdigest()[:24]}.png"


def drawing_pngs(
    pictures: Sequence[tuple[Drawing, Mapping[str, Mark]]], *, cache: Path | None = None, workers: int | None = None
) -> tuple[bytes, ...]:
    """The PNG of each drawing with its marks, in the order given.

    `workers` processes draw at a time (as many as there are processors by default). `cache` is a folder of its own
    for pictures that are kept from one run to the next.
    """
    orders = [_order(drawing, marks) for drawing, marks in pictures]
    kept = {order.name: picture for order in orders if cache and (picture := _read(cache / order.name))}
    todo = [order for order in orders if order.name not in kept]
    made = _drawn(todo, workers or os.cpu_count() or 1)
    if cache:
        for order in todo:
            _forget(cache, order.id)
            keep_file(cache / order.name, made[order.name])
    return tuple((kept | made)[order.name] for order in orders)


def _order(drawing: Drawing, marks: Mapping[str, Mark]) -> _Order:
    return _Order(drawing.id, drawing_svg(drawing, marks, form="bare"), min(SCALE, WIDTH / drawing.layout.width))


def _read(path: Path) -> bytes | None:
    """A picture of the cache, if it is a whole one."""
    picture = path.read_bytes() if path.is_file() else b""
    return picture if picture.startswith(SIGNATURE) and picture.endswith(END) else None


def _forget(cache: Path, id: str) -> None:
    """Take away the older pictures of a drawing."""
    for old in cache.glob(f"{id}-{'?' * 24}.png"):
        old.unlink(missing_ok=True)


def _drawn(orders: Sequence[_Order], workers: int) -> dict[str, bytes]:
    """Each picture in a process of its own, by its name."""
    if not orders:
        return {}
    with tempfile.TemporaryDirectory(prefix="opsbook-") as folder, ThreadPoolExecutor(workers) as pool:
        typeface = Path(folder) / "text.ttf"
        typeface.write_bytes(_typeface().font_bytes)
        made = list(pool.map(lambda order: _rendered(order, typeface), orders))
    return {order.name: picture for order, picture in zip(orders, made, strict=True)}


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
    """Whether a typeface has every letter of a text: it draws one box for all that it lacks."""
    lacking = bytes(typeface.getmask("\u0416"))
    return all(bytes(typeface.getmask(letter)) != lacking for letter in {*text} if not letter.isascii())
