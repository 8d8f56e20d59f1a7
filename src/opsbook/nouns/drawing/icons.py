"""Load pictures as small icons, and find out how each looks on a light and on a dark page."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from opsbook.nouns.drawing.model import Icon, Tone
from opsbook.nouns.drawing.style import ICON, ICON_WIDTH
from opsbook.site import tokens

PIXELS = ICON * 2
WIDEST = ICON_WIDTH * 2
COLOURS = 96
SEEN_ON_DARK, SEEN_ON_LIGHT = 2.4, 1.5
MUCH, NEARLY_ALL = 0.35, 0.9
OPAQUE, TILE = 128, 0.9


class IconError(Exception):
    """A picture that cannot be an icon; the message is for the user."""


@lru_cache(maxsize=1024)
def load_icon(path: Path) -> Icon:
    """Return the icon in a file, at most `WIDEST` wide and `PIXELS` high, with few colours. Raises IconError."""
    try:
        if path.exists() and not path.is_file():  # A named pipe would be waited for.
            raise IconError(f"the icon `{path.name}` is not a picture that can be read; allowed: PNG, JPEG, WebP")
        with Image.open(path) as picture:
            small = _shrunk(picture.convert("RGBA"))
    except FileNotFoundError as error:
        raise IconError(f"no icon at `{path.name}`; give a path relative to the script") from error
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise IconError(
            f"the icon `{path.name}` is not a picture that can be read; allowed: PNG, JPEG, WebP"
        ) from error
    out = io.BytesIO()
    few = small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    few.save(out, "PNG", optimize=True)
    name = hashlib.sha256(out.getvalue()).hexdigest()[:10]
    data = base64.b64encode(out.getvalue()).decode()
    return Icon(id=name, data=data, width=small.width, height=small.height, tone=_tone(few.convert("RGBA")))


def _shrunk(picture: Image.Image) -> Image.Image:
    """Return the picture without its transparent edges, at the size of an icon.

    Colours are averaged with premultiplied alpha, so that transparent pixels do not bleed into the edges.
    """
    edges = picture.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
    cut = picture.crop(edges) if edges else picture
    scale = min(WIDEST / cut.width, PIXELS / cut.height)
    size = (max(round(cut.width * scale), 1), max(round(cut.height * scale), 1))
    return cut.convert("RGBa").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0).convert("RGBA")


def _tone(picture: Image.Image) -> Tone:
    """Return `dark` if much of the icon vanishes on the dark card, `pale` if nearly all of it does on the light card.

    An icon that fills its square has a background of its own, and is `plain`.
    """
    colours = picture.getcolors(picture.width * picture.height) or []
    opaque = [(count, _luminance(rgba[:3])) for count, rgba in colours if isinstance(rgba, tuple) and rgba[3] >= OPAQUE]
    seen = sum(count for count, _own in opaque)
    if seen > picture.width * picture.height * TILE:
        return "plain"
    on_light, on_dark = (_luminance(_rgb(value)) for value in tokens.COLOURS["card"])
    if sum(count for count, own in opaque if _contrast(own, on_dark) < SEEN_ON_DARK) > seen * MUCH:
        return "dark"
    lost = sum(count for count, own in opaque if _contrast(own, on_light) < SEEN_ON_LIGHT)
    return "pale" if lost > seen * NEARLY_ALL else "plain"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: Sequence[int]) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
