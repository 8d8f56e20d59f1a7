"""Watch and end the processes that a process has started, and all that these have started in turn.

Only Linux shows them, below `/proc`, and lets a process adopt what its children leave behind. Elsewhere there is only
the process group, which a child can leave.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

CAN_ADOPT = sys.platform == "linux"
_PROC = Path("/proc")
# From <linux/prctl.h>.
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_ROUNDS = 200


def adopt() -> None:
    """Become the parent of every orphan below this process, in whatever session it is."""
    if CAN_ADOPT:
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent() -> None:
    """Have this process killed when its parent ends."""
    if CAN_ADOPT:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def end_orphans(own: Collection[int]) -> None:
    """Kill the children of this process except `own`, until none is left.

    Each that dies leaves its children to this process, which the next round then finds.
    """
    for _ in range(_ROUNDS):
        orphans = [pid for pid in _children(os.getpid()) if pid not in own]
        if not orphans:
            return
        for pid in orphans:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.005)


def usage(pids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each of `pids` the number of processes in its tree, itself included, and the bytes that they use."""
    below: dict[int, list[int]] = {}
    for pid, parent in _parents() if CAN_ADOPT else ():
        below.setdefault(parent, []).append(pid)
    found = {}
    for pid in pids:
        family = [pid]
        for member in family:
            family += below.get(member, ())
        found[pid] = (len(family), sum(map(_memory, family)))
    return found


def _children(pid: int) -> list[int]:
    return [child for child, parent in _parents() if parent == pid] if CAN_ADOPT else []


def _parents() -> Iterator[tuple[int, int]]:
    """Yield each process with the one that started it."""
    # `glob` would ask for each file, and raise where the process has ended since.
    for entry in _PROC.iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name of the program is in brackets and may itself contain any character, including brackets.
            yield int(entry.name), int((entry / "stat").read_bytes().rpartition(b") ")[2].split()[1])


def _memory(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int((_PROC / str(pid) / "statm").read_bytes().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
