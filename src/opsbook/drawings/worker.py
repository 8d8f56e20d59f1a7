"""The process that runs scripts, started by `run`: `python -m opsbook.drawings.worker`.

In: one JSON request on standard input. Out: one JSON line a script, as each ends, on standard output.
`diagrams` is imported once; each script then runs in a fork of this process, in a process group of its own. Where
there is no fork, the request holds one script and this process runs it itself.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import IO, Any

from opsbook.drawings.alone import be_quiet, run_alone, say, too_long

GRACE = 1.0


@dataclass
class Child:
    """A script that is running: its process, its pipe, what it said so far and when it must have ended."""

    script: str
    pid: int
    pipe: int
    deadline: float
    said: bytearray = field(default_factory=bytearray)


def main() -> None:
    """Serve one request."""
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    if request["fork"]:
        _serve(request, out)
    else:
        be_quiet()
        run_alone(request["scripts"][0], request, out)


def _serve(request: dict[str, Any], out: IO[str]) -> None:
    """Keep as many scripts running as the request allows until all have ended."""
    waiting = list(reversed(request["scripts"]))
    running: dict[int, Child] = {}
    selector = selectors.DefaultSelector()
    try:
        while waiting or running:
            while waiting and len(running) < request["workers"]:
                child = _start(waiting.pop(), request)
                running[child.pipe] = child
                selector.register(child.pipe, selectors.EVENT_READ)
            for child in _ended(selector, running):
                selector.unregister(child.pipe)
                del running[child.pipe]
                say(out, child.script, _answer(child, request))
    finally:
        for child in running.values():
            _kill(child.pid)


def _start(script: str, request: dict[str, Any]) -> Child:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return Child(script, pid, reader, time.monotonic() + request["seconds"] + GRACE)
    try:
        os.setpgid(0, 0)
        os.close(reader)
        be_quiet()
        with os.fdopen(writer, "w", encoding="utf-8") as out:
            run_alone(script, request, out)
    finally:
        os._exit(0)


def _ended(selector: selectors.BaseSelector, running: dict[int, Child]) -> list[Child]:
    """Read what the children say; those that closed their pipe or are past their time."""
    ended = []
    pause = min(child.deadline for child in running.values()) - time.monotonic()
    for key, _events in selector.select(max(pause, 0)):
        child = running[key.fd]
        part = os.read(key.fd, 1 << 16)
        child.said += part
        if not part:
            ended.append(child)
    now = time.monotonic()
    return ended + [child for child in running.values() if child.deadline <= now and child not in ended]


def _answer(child: Child, request: dict[str, Any]) -> dict[str, Any]:
    """What a child said as a whole or, where it ended without a word, why."""
    os.close(child.pipe)
    late = child.deadline <= time.monotonic()
    _kill(child.pid)
    status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
    try:
        answer: dict[str, Any] = json.loads(child.said)
    except ValueError:
        message = too_long(request) if late else _sudden(status)
        return {"fault": {"path": child.script, "line": 0, "column": 0, "message": message}}
    return answer


def _kill(pid: int) -> None:
    """End a child and whatever it started. It may have ended by itself."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _sudden(status: int) -> str:
    if status < 0:
        return f"the script's process was ended by {signal.Signals(-status).name}"
    return f"the script ended its process with exit code {status}; a drawing runs to the end of its file"


if __name__ == "__main__":
    main()
