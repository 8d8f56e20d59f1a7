#!/usr/bin/env bash
# CairoSVG 2.9.1 (pillow 13.0.0 reads what it draws); needs the cairo library on the machine
#
# `height: auto` in a style rule for the drawing's root, which nearly every page's style sheet says of its pictures,
# takes the whole drawing away: the word is read as a length of nothing, though width, height and viewBox are all given.
#
# Expected: the height that the attributes give; in CSS `auto` is the value of `height` where no rule says anything.
# Seen:     a picture of the right size in which every pixel is transparent, and no error. Without the rule it is red.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check CairoSVG==2.9.1 pillow==13.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import cairosvg
from PIL import Image

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="40" height="20" viewBox="0 0 40 20">
<style>.drawing {{ {rule} }}</style>
<rect width="40" height="20" fill="#ff0000"/>
</svg>"""


def colours(rule):
    picture = Image.open(io.BytesIO(cairosvg.svg2png(bytestring=DRAWING.format(rule=rule).encode()))).convert("RGBA")
    return picture.size, picture.getcolors()


without, ruled = colours("max-width: 100%"), colours("max-width: 100%; height: auto")
print(f"without height: {without}\nheight: auto:   {ruled}")
size = (40, 20)
sys.exit(0 if without == (size, [(800, (255, 0, 0, 255))]) and ruled == (size, [(800, (0, 0, 0, 0))]) else 1)
PYTHON
