"""Run scripts in the process that `run` starts: `python -m opsbook.nouns.drawing.worker`.

It reads one JSON request on standard input, and writes one JSON line for each script, as each ends, to standard output.

`diagrams` is imported once; each script then runs in a fork of this process, in a process group of its own. Where
there is no fork, the request has one script, and this process runs it itself.

Whatever a script starts ends with it, in whatever session it is, and counts towards what the script may use.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import IO, Any

from opsbook.nouns.drawing.family import CAN_ADOPT, adopt, end_orphans, end_with_parent, usage
from opsbook.nouns.drawing.limits import MOST_SAID, TOO_LARGE, excess
from opsbook.nouns.drawing.sandbox import confine_process, run_alone, say, too_long

GRACE = 1.0
LOOK_EVERY = 0.2
"""Seconds between two checks of what the scripts use."""


@dataclass
class Child:
    """A running script: its process, its pipe, its output so far, and the time by which it must have ended."""

    script: str
    pid: int
    pipe: int
    deadline: float
    said: bytearray = field(default_factory=bytearray)
    excess: str | None = None


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    if request["fork"]:
        _serve(request, out)
    else:
        confine_process(request)
        run_alone(request["scripts"][0], request, out)


def _serve(request: dict[str, Any], out: IO[str]) -> None:
    """Keep as many scripts running as the request allows until all have ended."""
    waiting = list(reversed(request["scripts"]))
    running: dict[int, Child] = {}
    selector = selectors.DefaultSelector()
    adopt()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        while waiting or running:
            while waiting and len(running) < request["workers"]:
                child = _start(waiting.pop(), request, out)
                running[child.pipe] = child
                selector.register(child.pipe, selectors.EVENT_READ)
            for child in _ended(selector, running, request):
                selector.unregister(child.pipe)
                del running[child.pipe]
                answer = _answer(child, request)
                end_orphans([child.pid for child in running.values()])
                say(out, child.script, answer)
    finally:
        for child in running.values():
            _kill(child.pid)
        end_orphans(())


def _start(script: str, request: dict[str, Any], answers: IO[str]) -> Child:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return Child(script, pid, reader, time.monotonic() + request["seconds"] + GRACE)
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        end_with_parent()
        adopt()
        os.close(reader)
        # A process left behind would keep it open, and whoever reads the answers would wait for that process.
        os.close(answers.fileno())
        confine_process(request)
        with os.fdopen(writer, "w", encoding="utf-8") as out:
            run_alone(script, request, out)
    finally:
        os._exit(0)


def _ended(selector: selectors.BaseSelector, running: dict[int, Child], request: dict[str, Any]) -> list[Child]:
    """Read what the children write, and return those that have ended or must end.

    These have written a whole answer, closed their pipe, used too much, or run too long.
    """
    ended = []
    pause = min(child.deadline for child in running.values()) - time.monotonic()
    events = selector.select(max(min(pause, LOOK_EVERY) if CAN_ADOPT else pause, 0))
    for key, _mask in events:
        child = running[key.fd]
        part = os.read(key.fd, 1 << 16)
        child.said += part
        if len(child.said) > MOST_SAID + 2:
            child.excess = TOO_LARGE
        # The end of the pipe is not enough: a process that the script left behind may keep it open.
        if not part or part.endswith(b"\n"):
            ended.append(child)
    if not events:
        _look(running, request)
    now = time.monotonic()
    over = [child for child in running.values() if child.deadline <= now or child.excess]
    return ended + [child for child in over if child not in ended]


def _look(running: dict[int, Child], request: dict[str, Any]) -> None:
    """Mark the children that use too much, together with all that they have started."""
    used = usage([child.pid for child in running.values()])
    for child in running.values():
        child.excess = child.excess or excess(*used[child.pid], request["workers"])


def _answer(child: Child, request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of a child or, where it ended without one, a fault that says why."""
    os.close(child.pipe)
    late = child.deadline <= time.monotonic()
    _kill(child.pid)
    status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
    try:
        answer: dict[str, Any] = json.loads(child.said)
    except ValueError:
        late = late or -status == signal.SIGXCPU
        message = child.excess or (too_long(request) if late else _sudden(status))
        return {"fault": {"path": child.script, "line": 0, "column": 0, "message": message}}
    return answer


def _kill(pid: int) -> None:
    """End a child and the group that it began in. It may have ended by itself, or have left its group."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _sudden(status: int) -> str:
    if status < 0:
        return f"the script's process was ended by {signal.Signals(-status).name}"
    return f"the script ended its process with exit code {status}; a drawing runs to the end of its file"


if __name__ == "__main__":
    main()
