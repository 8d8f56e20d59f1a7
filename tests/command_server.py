"""A process that has imported MkDocs and opsbook, and makes a copy of itself for each command that it is asked to run.

Two thirds of what a command on a small site costs are imports. A copy by `fork` has them already, and yet is a process
of its own: it changes folder, environment, logging and caches as it likes, ends as it likes, and leaves nothing behind.
`commands.py` starts this one and asks it: requests are lines of JSON on standard input, answers are numbers of eight
bytes on standard output, the id of the process and then the code that it ended with.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import struct
import sys
import sysconfig
import traceback
from typing import Any

IMPORTED = (
    "detect_secrets.core.scan",
    "diagrams",
    "graphviz",
    "jinja2.ext",
    "material.plugins.search.plugin",
    "material.plugins.tags.plugin",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "mkdocs_macros.plugin",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "opsbook.cli.alerts",
    "opsbook.cli.check",
    "opsbook.cli.diagram",
    "opsbook.cli.export",
    "opsbook.cli.generate",
    "opsbook.cli.import_list",
    "opsbook.cli.postmortem",
    "opsbook.mkdocs.plugin",
)
"""What commands import, with all that comes with it. What is missing here costs time, and nothing else."""


NUMBER = struct.Struct("q")


def main() -> None:
    """Answer requests until there are no more."""
    requests, answers = os.dup(0), os.dup(1)
    sys.path.pop(0)  # The folder of this file, which no command knows.
    for name in IMPORTED:
        importlib.import_module(name)
    with os.fdopen(requests, encoding="utf-8") as lines:
        for line in lines:
            process = os.fork()
            if process == 0:
                os.close(requests)
                os.close(answers)
                run(**json.loads(line))
            os.write(answers, NUMBER.pack(process))
            os.write(answers, NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])))


def run(program: str, arguments: list[str], folder: str, environment: dict[str, str], streams: list[str]) -> None:
    """Be `program`, and end with its code. `streams` are the files for standard input, output and error."""
    for number, (name, flags) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        file = os.open(name, flags)
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    scripts = sysconfig.get_path("scripts")
    sys.argv = [f"{scripts}/{program}", *arguments]
    # `python -m mkdocs` looks for modules in the current folder, a program of a package beside itself.
    sys.path.insert(0, folder if program == "mkdocs" else scripts)
    end(call(program))


def call(program: str) -> int:
    """Return the code that `program` ends with."""
    try:
        if program == "mkdocs":
            from mkdocs.__main__ import cli

            cli(prog_name="mkdocs")
        else:
            from opsbook.cli import main as opsbook

            opsbook()
    except SystemExit as exit:
        return code_of(exit.code)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def code_of(said: Any) -> int:
    """Return the code of a process for what its SystemExit holds, as Python does."""
    if said is None or isinstance(said, int):
        return said or 0
    print(said, file=sys.stderr)
    return 1


def end(code: int) -> None:
    """End this copy without tidying up what belongs to the process that it is a copy of."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
