"""Limit what the script of a drawing may use, however many of them run side by side."""

from __future__ import annotations

import contextlib
import math
import sys
from typing import Any

MEMORY_IN_ALL = 2 << 30
MOST_WORKERS = 8
MOST_PROCESSES = 32
MOST_SAID = 4 << 20
MOST_NODES = 1000
MOST_EDGES = 4000
_OPEN_FILES = 256
_FILE_SIZE = 64 << 20


def memory_of_each(workers: int) -> int:
    """Return the bytes that each of `workers` scripts may use, together with all processes that it starts."""
    return MEMORY_IN_ALL // min(workers, MOST_WORKERS)


def limit_this_process(request: dict[str, Any]) -> None:
    """Limit the memory, processor time, open files and written bytes of this process."""
    if sys.platform == "win32":
        return
    import resource

    seconds = math.ceil(request["seconds"]) + 2
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory_of_each(request["workers"])),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, _FILE_SIZE),
    ):
        with contextlib.suppress(ValueError, OSError):  # a stricter limit may stand already
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def excess(count: int, memory: int, workers: int) -> str | None:
    """Return the message for a script with `count` processes and `memory` bytes where that is too much; else None."""
    if count > MOST_PROCESSES:
        return f"the script started more than {MOST_PROCESSES} processes; a drawing needs none"
    return "the script used up the memory that a drawing may have" if memory > memory_of_each(workers) else None


TOO_LARGE = f"the drawing is larger than {MOST_SAID >> 20} MiB; draw less at once"
