"""Find and run the programs and packages that checkers need and a site does not, at the time they are called for.

Where one is missing, MissingToolError says how to get it.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Protocol, TypeVar

from opsbook.problems import Problem, Severity
from opsbook.source.deadline import TooLongError, deadline
from opsbook.source.guard import fault
from opsbook.source.limits import SECONDS_TO_CHECK, SECONDS_TO_CHECK_ALL

CHECKERS = "checkers"
EXTRAS = {
    "cel_expr_python": CHECKERS,
    "check_jsonschema": CHECKERS,
    "hadolint": CHECKERS,
    "jsonschema": CHECKERS,
    "kubernetes_validate": CHECKERS,
    "pglast": "sql",
    "referencing": CHECKERS,
    "shellcheck": CHECKERS,
    "tree_sitter": CHECKERS,
    "tree_sitter_javascript": CHECKERS,
}
"""The extra of the package that brings a tool, by the name that the code uses. What is under the GPL and would run in
this process is an extra of its own."""

SYSTEM = {
    "amtool": ("prometheus-alertmanager", "alertmanager"),
    "groovy": ("groovy", "groovy"),
    "nginx": ("nginx-light", "nginx"),
    "promtool": ("prometheus", "prometheus"),
}
"""What the system brings: the package of Debian and Ubuntu, and that of Homebrew."""
TIMEOUT = 120
"""How many seconds a program may take."""

_FOR_SERVERS = "/usr/local/sbin:/usr/sbin:/sbin"


class ToolError(Exception):
    """The error of a tool that cannot do its work; the message says why."""


class MissingToolError(ToolError):
    """The error of a tool that is not installed; the message says how to get it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is missing; get it with {how_to_get(name)}")


class Placed(Protocol):
    """Something with a place in a file."""

    def at_fence(self, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Return the problem `message` about the whole of it."""


T = TypeVar("T", bound=Placed)


def how_to_get(name: str) -> str:
    """Return the commands that install a tool.

    >>> how_to_get("hadolint")
    '`pip install "opsbook[checkers]"`'
    >>> how_to_get("promtool")
    '`apt-get install prometheus` or `brew install prometheus`'
    """
    if name in EXTRAS:
        return f'`pip install "opsbook[{EXTRAS[name]}]"`'
    debian, homebrew = SYSTEM[name]
    return f"`apt-get install {debian}` or `brew install {homebrew}`"


def program(name: str) -> str:
    """Return the path of a program, found beside this Python, on PATH or where servers are. Raise MissingToolError."""
    beside = str(Path(sys.executable).parent)
    path = shutil.which(name, path=beside) or shutil.which(name) or shutil.which(name, path=_FOR_SERVERS)
    if path is None:
        raise MissingToolError(name)
    return path


def package(name: str) -> ModuleType:
    """Return a module that is not among the dependencies. Raise MissingToolError where it is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise
        raise MissingToolError(name.partition(".")[0]) from None


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Return what a program prints about the files in `folder`, with its exit code. Raise ToolError after TIMEOUT."""
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise ToolError(f"{Path(command[0]).name} took longer than {TIMEOUT} s") from None


def failure(done: subprocess.CompletedProcess[str]) -> ToolError:
    """Return the error for a program that failed for another reason than the files that it read."""
    said = next((line for line in done.stderr.splitlines() if line.strip()), f"exit code {done.returncode}")
    return ToolError(f"{Path(done.args[0]).name} failed: {said.strip()}")


def check_safely(check: Callable[[Sequence[T]], Iterable[Problem]], things: Sequence[T]) -> list[Problem]:
    """Return the problems of `things`, or one problem at the first of them where the tool is missing or fails.

    Where a parser crashes, takes too long or meets too deep nesting, the things are checked one by one to find where.
    """
    if not things:
        return []
    seconds = SECONDS_TO_CHECK if len(things) == 1 else SECONDS_TO_CHECK_ALL
    try:
        with deadline("", seconds, "to check"):
            return list(check(things))
    except ToolError as error:
        left = f"this block and {len(things) - 1} more like it are" if len(things) > 1 else "this block is"
        return [things[0].at_fence(f"{left} not checked: {error}")]
    except Exception as error:
        if len(things) > 1:
            return [problem for thing in things for problem in check_safely(check, [thing])]
        if isinstance(error, RecursionError):
            return [things[0].at_fence("this block is nested too deep to be read; make it flatter")]
        if isinstance(error, TooLongError):
            return [things[0].at_fence(error.reason)]
        said = fault("", error)
        return [replace(things[0].at_fence(said.message), trace=said.trace)]
