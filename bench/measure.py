"""A command in; the time and the memory that it took out."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True)
class Run:
    """One run: seconds of the processors and of the clock, and the most memory that one process held, in megabytes.

    Processor seconds count all child processes, and hardly change when something else runs on the machine.
    """

    processor: float
    clock: float
    peak: float


def run(command: Sequence[str], folder: Path, codes: Sequence[int] = (0,)) -> Run:
    """Run a command to its end; one that ends with none of `codes` ends the benchmark with what it said."""
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode(errors='replace')}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(usage.ru_utime + usage.ru_stime, time.monotonic() - started, kilobytes / 1024)


def median(runs: Sequence[Run]) -> Run:
    """The middle of several runs, each figure by itself."""
    return Run(*(statistics.median(getattr(each, name) for each in runs) for name in ("processor", "clock", "peak")))
