"""Run scripts in processes of their own, and return the sketch of each or the problem that it has."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import opsbook
from opsbook.nouns.drawing.limits import MOST_SAID, MOST_WORKERS
from opsbook.nouns.drawing.model import Sketch
from opsbook.problems import Problem

SPARE_SECONDS = 5.0
CAN_FORK = hasattr(os, "fork")


@dataclass(frozen=True)
class Outcome:
    """The result of one script."""

    script: str
    result: Sketch | Problem


def run_scripts(
    scripts: Sequence[str], *, root: Path, seconds: float, workers: int, fork: bool = CAN_FORK
) -> Iterator[Outcome]:
    """Yield the outcome of each script as it ends.

    At most `workers` (and MOST_WORKERS) run at a time, each for at most `seconds`.
    """
    workers = min(workers, MOST_WORKERS)
    request = {"root": str(root), "seconds": seconds, "workers": workers, "fork": fork}
    if not scripts:
        return
    if fork:
        yield from _outcomes(request | {"scripts": list(scripts)})
        return
    with ThreadPoolExecutor(workers) as pool:
        for outcomes in pool.map(lambda script: [*_outcomes(request | {"scripts": [script]})], scripts):
            yield from outcomes


def _outcomes(request: dict[str, Any]) -> Iterator[Outcome]:
    """Yield the outcomes from the lines of one worker. A script without a line has ended its process."""
    command = [sys.executable, "-P", "-m", "opsbook.nouns.drawing.worker"]
    silent = set(request["scripts"])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=worker_environment(), encoding="utf-8"
    ) as worker:
        alarm = threading.Timer(_longest(request), _end, [worker])
        alarm.daemon = True
        alarm.start()
        try:
            answers = _talk(worker, request)
            # A line is limited even where the script itself wrote it to this stream.
            for line in iter(lambda: answers.readline(2 * MOST_SAID), ""):
                outcome = _outcome(json.loads(line))
                silent.discard(outcome.script)
                yield outcome
        finally:
            alarm.cancel()
            _end(worker)
    if request["fork"] and silent:
        raise RuntimeError(f"the process that runs the drawings ended with exit code {worker.returncode}")
    for script in sorted(silent):
        yield Outcome(script, Problem(script, 0, 0, "the script ended its process, or ran for too long"))


def _end(worker: subprocess.Popen[str]) -> None:
    """End a worker. It is asked first, since it alone knows which processes the scripts have started."""
    worker.terminate()
    try:
        worker.wait(SPARE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()


def _longest(request: dict[str, Any]) -> float:
    """Return the seconds after which even the worker must have ended."""
    rounds = -(-len(request["scripts"]) // request["workers"])
    seconds: float = request["seconds"]
    return SPARE_SECONDS + float(rounds * (seconds + SPARE_SECONDS))


def _talk(worker: subprocess.Popen[str], request: dict[str, Any]) -> IO[str]:
    assert worker.stdin
    assert worker.stdout
    with contextlib.suppress(BrokenPipeError):
        worker.stdin.write(json.dumps(request))
        worker.stdin.close()
    return worker.stdout


def _outcome(said: dict[str, Any]) -> Outcome:
    """Return one line of the worker as a model."""
    if "fault" in said:
        return Outcome(said["script"], Problem(**said["fault"]))
    return Outcome(said["script"], Sketch.model_validate(said["sketch"]))


def worker_environment() -> dict[str, str]:
    """Return the environment of a worker, in which it finds this very package and its sets iterate in a fixed order."""
    home = str(Path(opsbook.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
