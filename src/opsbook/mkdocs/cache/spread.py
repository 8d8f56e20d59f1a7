"""Spread work over processes that are copies of this one, so that nothing has to be handed to them but a number.

A copy is made by `fork`, which is safe where this process has one thread. Each copy takes the next number from a pipe,
and writes what it made of it to a file without a name. Where a copy fails, its results are missing, and whoever asked
does that work in the ordinary way, with the ordinary message.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

LEAST = 24
"""Fewer pages are not worth the time that a copy takes to start."""
_THREADS = Path("/proc/self/task")
_DIGITS = 8


def processes(asked: int) -> int:
    """Return how many processes may work at once: `asked`, or for 0 as many as this process has processors."""
    if sys.platform != "linux" or len(list(_THREADS.iterdir())) > 1:
        return 1
    return asked or len(os.sched_getaffinity(0))


def spread(count: int, jobs: int, work: Callable[[int], Any]) -> Iterator[tuple[int, Any]]:
    """Yield each number below `jobs` with the JSON value that `work` returns for it in one of `count` processes.

    A number is missing where `work` returned None or its process failed. Each process runs `work` on copies of all
    objects: what it changes is lost.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    queue, end = os.pipe()
    children: list[int] = []
    with contextlib.ExitStack() as stack:
        stack.callback(_end, children)
        results = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(count)]
        for result in results:
            child = os.fork()
            if child == 0:
                os.close(end)
                _work(queue, result, work)
            children.append(child)
        os.close(queue)
        _feed(end, jobs)
        while children:
            os.waitpid(children[0], 0)
            children.pop(0)
        for result in results:
            yield from _read(result)


def _end(children: Iterable[int]) -> None:
    """End the processes that still run, since nobody waits for what they make."""
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _feed(end: int, jobs: int) -> None:
    """Write the number of each job to the pipe, which its readers empty."""
    try:
        for number in range(jobs):
            os.write(end, b"%0*d" % (_DIGITS, number))
    except BrokenPipeError:  # Every reader has failed. Python ignores the signal of that name.
        pass
    finally:
        os.close(end)


def _work(queue: int, result: IO[bytes], work: Callable[[int], Any]) -> None:
    """Do jobs until there are none left, and end this process, without anything that its original would do at its end.

    A read of a pipe is whole: what is written at once is smaller than what a pipe keeps together.
    """
    code = 1
    try:
        gc.freeze()  # Looking for garbage in what is shared would copy it.
        while taken := os.read(queue, _DIGITS):
            made = work(int(taken))
            if made is not None:
                result.write(json.dumps([int(taken), made], separators=(",", ":")).encode() + b"\n")
        code = 0
    finally:
        with contextlib.suppress(OSError):
            result.flush()
        os._exit(code)


def _read(result: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Yield what a process wrote; one that failed may have stopped within a line."""
    result.seek(0)
    for line in result:
        if line.endswith(b"\n"):
            number, made = json.loads(line)
            yield number, made
