"""Find the layout engine, a program that reads DOT, and run it."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

DEFAULT_ENGINE = "graphviz-pure"
LAYOUT_SECONDS = 60.0
_HOW = {
    "graphviz-pure": "install it with `pip install graphviz-pure`, or set the engine to `dot` and install Graphviz",
    "dot": "install Graphviz (`apt-get install graphviz`, `brew install graphviz`), or set the engine to "
    "`graphviz-pure` and `pip install graphviz-pure`",
}


class EngineError(Exception):
    """The engine is missing, or refused a drawing; the message is for the user."""


@dataclass(frozen=True)
class Engine:
    """A program that reads DOT on its standard input. `version` is what it prints about itself."""

    program: str
    version: str

    def run(self, dot: str) -> str:
        """Return the layout of the graph `dot` as Graphviz JSON with positions. Raises EngineError."""
        try:
            done = _run([self.program, "-Kdot", "-Tjson0"], dot)
        except subprocess.TimeoutExpired as error:
            raise EngineError(f"the layout took longer than {LAYOUT_SECONDS:g} seconds; draw less at once") from error
        if done.returncode or not done.stdout:
            last = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
            raise EngineError(f"the layout engine refused the drawing: {last}")
        return done.stdout


def find_engine(name: str = DEFAULT_ENGINE) -> Engine:
    """Return the engine of that name, from the path or from beside this Python. Raises EngineError."""
    program = shutil.which(name) or shutil.which(name, path=sysconfig.get_path("scripts"))
    if program is None:
        how = _HOW.get(Path(name).name, f"allowed: {', '.join(_HOW)}, or the path of such a program")
        raise EngineError(f"the layout engine `{name}` is not installed; {how}")
    done = _run([program, "-V"], "")
    return Engine(program, (done.stdout + done.stderr).strip().rpartition(" - ")[2])


def _run(command: list[str], text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", check=False, timeout=LAYOUT_SECONDS
    )
