"""Work that might never end, done in a process of its own whose processor time and memory are limited."""

from __future__ import annotations

import resource
import subprocess
import sys

MEGABYTES = 500
"""What the process may hold."""


def run_limited(program: str, *, seconds: int, given: str = "") -> str:
    """Return what the Python `program` prints when it reads `given`; fail where it needs more than `seconds`.

    The seconds are those of a processor, so that a busy machine changes nothing.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 1_048_576, MEGABYTES * 1_048_576))

    done = subprocess.run(
        [sys.executable, "-c", program], input=given, capture_output=True, text=True, preexec_fn=limit, check=False
    )
    assert done.returncode == 0, f"ended with {done.returncode} after at most {seconds} s: {done.stderr[-2000:]}"
    return done.stdout
