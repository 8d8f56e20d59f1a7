"""Run one script in this process, and end the process when the script's time is up.

The result is one JSON line, written when the script ends or when its time does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from opsbook.nouns.drawing.limits import MOST_SAID, TOO_LARGE, limit_this_process
from opsbook.nouns.drawing.record import record


def run_alone(script: str, request: dict[str, Any], out: IO[str]) -> None:
    """Run one script in this process, and write what came of it. End the process when its time is up."""
    root = Path(request["root"])
    done = threading.Lock()
    main_thread = threading.get_ident()

    def watch() -> None:
        time.sleep(request["seconds"])
        if done.acquire(blocking=False):
            line = _line_of(main_thread, str(root / script))
            fault = {"path": script, "line": line, "column": 1 if line else 0, "message": too_long(request)}
            say(out, script, {"fault": fault})
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    os.chdir((root / script).parent)
    answer = record(root / script, root)
    if done.acquire(blocking=False):
        say(out, script, answer)


def _line_of(thread: int, path: str) -> int:
    """Return the line of the file `path` that a thread is running; 0 where it is elsewhere."""
    frame = sys._current_frames().get(thread)
    while frame and frame.f_code.co_filename != path:
        frame = frame.f_back
    return frame.f_lineno if frame else 0


def confine_process(request: dict[str, Any]) -> None:
    """Detach the standard streams from this process, and limit what it may use."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    limit_this_process(request)


def say(out: IO[str], script: str, answer: dict[str, Any]) -> None:
    """Write the answer as one line, or a fault where it is too long."""
    line = json.dumps({"script": script} | answer)
    if len(line) > MOST_SAID:
        line = json.dumps({"script": script, "fault": {"path": script, "line": 0, "column": 0, "message": TOO_LARGE}})
    out.write(line + "\n")
    out.flush()


def too_long(request: dict[str, Any]) -> str:
    """Return the message for a script that was still running when its time was up."""
    return f"the script was still running after {request['seconds']:g} seconds; does a loop never end?"
