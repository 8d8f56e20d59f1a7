"""Runs `mkdocs` and `opsbook` as a person does, each in a process of its own that has no imports to wait for."""

from __future__ import annotations

import atexit
import functools
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from command_server import NUMBER

SERVER = Path(__file__).with_name("command_server.py")
PATIENCE = 120.0
"""Seconds until a command is given up that says of itself nothing else."""
_lock = threading.Lock()


def run_command(
    program: str,
    *arguments: str | Path,
    folder: Path,
    environment: Mapping[str, str] = os.environ,
    typed: str = "",
    timeout: float = PATIENCE,
) -> subprocess.CompletedProcess[str]:
    """Return what `mkdocs` or `opsbook` ends with and prints when it is given `arguments` in `folder`.

    Where Python itself has to start anew, say for PYTHONHASHSEED, or where something is to happen before it does, start
    a process by hand. Raises TimeoutExpired where the command takes longer than `timeout` seconds.
    """
    command = [program, *map(str, arguments)]
    with tempfile.TemporaryDirectory(prefix="command-") as name:
        streams = [Path(name, stream) for stream in ("typed", "printed", "told")]
        for stream, text in zip(streams, (typed, "", ""), strict=True):
            stream.write_text(text, "utf-8")
        request = {
            "program": program,
            "arguments": command[1:],
            "folder": os.fspath(folder.absolute()),
            "environment": dict(environment),
            "streams": [str(stream) for stream in streams],
        }
        with _lock:
            code = _asked(request, command, timeout)
        printed, told = (stream.read_bytes().decode("utf-8", "replace") for stream in streams[1:])
    return subprocess.CompletedProcess(command, code, printed, told)


def _asked(request: Mapping[str, object], command: list[str], timeout: float) -> int:
    """Return the code that the server answers with; end the process of the command where that takes too long."""
    requests, answers = _server()
    requests.write(json.dumps(request).encode() + b"\n")
    process = _number(answers)
    if not select.select([answers], [], [], timeout)[0]:
        os.kill(process, signal.SIGKILL)
        _number(answers)
        raise subprocess.TimeoutExpired(command, timeout)
    return _number(answers)


def _number(answers: IO[bytes]) -> int:
    data = answers.read(NUMBER.size)
    assert data, "the server of commands is gone"
    (number,) = NUMBER.unpack(data)
    return int(number)


@functools.cache
def _server() -> tuple[IO[bytes], IO[bytes]]:
    """Start the process that runs the commands of this one, as long as this one lives."""
    server = subprocess.Popen([sys.executable, str(SERVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    atexit.register(server.terminate)
    assert server.stdin is not None
    assert server.stdout is not None
    return server.stdin, server.stdout
