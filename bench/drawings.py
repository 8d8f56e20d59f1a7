"""Drawings against plain `diagrams`: cold, warm, and what a PNG costs on top.

In: the scripts in `diagrams/`. Out: a table of seconds and ratios. One round runs every script by itself, as
`python script.py` does, then all of them through the engine without a cache, then with one; the rounds alternate so
that a busy machine is busy for all. Plain runs write PNG with the `dot` of the system or, where there is none, with
`graphviz-pure` under that name (which draws no icons into a PNG and is faster for it).
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from opsbook.nouns.drawing.icons import load_icon
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.png import drawing_pngs
from opsbook.nouns.drawing.svg import drawing_svg

ROOT = Path(__file__).parent.parent
ROUNDS = 5
GOALS = {"cold": 0.5, "warm": 0.05}


def main() -> None:
    """Measure and print."""
    scripts = sorted((ROOT / "diagrams").glob("[!_]*.py"))
    with tempfile.TemporaryDirectory(prefix="opsbook-bench-") as name:
        folder = Path(name)
        engine = plain_engine(folder / "bin")
        load_drawings(ROOT, cache=folder / "cache")
        stages: dict[str, Callable[[], None]] = {
            "plain": lambda: run_plain(scripts, folder),
            "cold": lambda: draw(None),
            "warm": lambda: draw(folder / "cache"),
            "png": lambda: draw_png(folder / "cache"),
        }
        seconds: dict[str, list[float]] = {stage: [] for stage in stages}
        for turn in range(ROUNDS):
            for stage, work in stages.items():
                if sys.stderr.isatty():
                    print(f"\rround {turn + 1} of {ROUNDS}: {stage:8}\r", end="", file=sys.stderr, flush=True)
                seconds[stage].append(measured(work))
    report({stage: statistics.median(all_seconds) for stage, all_seconds in seconds.items()}, len(scripts), engine)


def plain_engine(folder: Path) -> str:
    """Put a `dot` on the path for plain runs; its name."""
    if shutil.which("dot"):
        return "dot of the system"
    program = shutil.which("graphviz-pure") or shutil.which("graphviz-pure", path=sysconfig.get_path("scripts"))
    if program is None:
        sys.exit("no layout engine; pip install graphviz-pure")
    folder.mkdir()
    (folder / "dot").symlink_to(program)
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return "graphviz-pure"


def run_plain(scripts: list[Path], folder: Path) -> None:
    """Run each script by itself, as its author would."""
    for script in scripts:
        subprocess.run([sys.executable, str(script)], cwd=folder, check=True, capture_output=True)


def draw(cache: Path | None) -> None:
    """Load all drawings and make the SVG for the page and the one for the file."""
    load_icon.cache_clear()
    drawings, problems = load_drawings(ROOT, cache=cache)
    if problems:
        sys.exit("\n".join(map(str, problems)))
    for drawing in drawings:
        drawing_svg(drawing, {}, form="inline")
        drawing_svg(drawing, {}, form="file")


def draw_png(cache: Path) -> None:
    """Make the PNG of each drawing, which a build keeps too."""
    drawing_pngs([(drawing, {}) for drawing in load_drawings(ROOT, cache=cache)[0]])


def measured(work: Callable[[], None]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(seconds: dict[str, float], count: int, engine: str) -> None:
    """Print the table."""
    plain = seconds["plain"]
    print(f"{count} drawings, median of {ROUNDS} rounds, plain runs with {engine}")
    print(f"{'plain diagrams':30}{plain:8.3f} s   1.00")
    for stage, words in (("cold", "opsbook, nothing cached"), ("warm", "opsbook, all cached")):
        goal = GOALS[stage]
        ratio = seconds[stage] / plain
        met = "met" if ratio <= goal else "missed"
        print(f"{words:30}{seconds[stage]:8.3f} s   {ratio:.2f}   goal {goal:g}: {met}")
    print(f"{'PNG of each, on top of cold':30}{seconds['png']:8.3f} s   {seconds['png'] / plain:.2f}")


if __name__ == "__main__":
    main()
