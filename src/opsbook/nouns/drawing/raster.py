"""The process that turns one SVG into a PNG, started by `png`: `python -m opsbook.nouns.drawing.raster`.

In: one JSON object on standard input, the arguments of resvg. Out: the bytes of the PNG on standard output.
resvg holds Python's lock for as long as it draws, so that only processes draw side by side.
"""

from __future__ import annotations

import json
import sys

import resvg_py


def main() -> None:
    """Draw one picture."""
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(**json.load(sys.stdin)))


if __name__ == "__main__":
    main()
