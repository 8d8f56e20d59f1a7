"""Turn one SVG into a PNG, in the process that `png` starts: `python -m opsbook.nouns.drawing.raster`.

It reads the arguments of resvg as a JSON object on standard input, and writes the PNG to standard output. resvg holds
Python's lock for as long as it draws, so that only processes draw side by side.
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
