"""Find the hue of the palette that is nearest to the colour that a script gives to an edge."""

from __future__ import annotations

import colorsys
import re

from PIL import ImageColor

# upper end of each hue in degrees
_HUES = ((20, "red"), (70, "orange"), (170, "green"), (255, "blue"), (315, "purple"), (361, "red"))
_GREY = 0.2


def hue_of(colour: str) -> str:
    """Return the nearest hue to a colour as Graphviz knows it; nothing for grey and for what is no colour.

    >>> hue_of("firebrick"), hue_of("#1b6ac9"), hue_of("dodgerblue3"), hue_of("gray60")
    ('red', 'blue', 'blue', '')
    """
    name = re.sub(r"(?<=[a-z])\d+$", "", colour.split(":")[0].strip()) if not colour.startswith("#") else colour
    try:
        red, green, blue = ImageColor.getrgb(name)[:3]
    except ValueError:
        return ""
    hue, _lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if saturation < _GREY:
        return ""
    return next(word for end, word in _HUES if hue * 360 < end)
