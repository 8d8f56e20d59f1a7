"""Turn errors that nobody foresaw in a user's file into a problem with the file's name, around every loader.

A mistake that is foreseen is a `Problem` with its line; this is for the rest, so that one file never hides what is
wrong with the others. The traceback is kept in the problem, for those who ask for it.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator

from opsbook.problems import Problem, ProblemsError
from opsbook.source.deadline import deadline
from opsbook.source.limits import SECONDS_TO_READ

MOST = 200


@contextlib.contextmanager
def guarded(path: str) -> Iterator[None]:
    """Raise ProblemsError about `path` for whatever goes wrong in the block."""
    try:
        yield
    except ProblemsError:
        raise
    except Exception as error:
        raise ProblemsError([fault(path, error)]) from error


@contextlib.contextmanager
def collecting(path: str, problems: list[Problem]) -> Iterator[None]:
    """Add whatever goes wrong in the block to `problems`, as a problem of `path`, and continue after the block."""
    try:
        with guarded(path):
            yield
    except ProblemsError as error:
        problems += error.problems


@contextlib.contextmanager
def reading(path: str, problems: list[Problem]) -> Iterator[None]:
    """Collect problems as `collecting` does, and end work on the file that takes more than SECONDS_TO_READ."""
    with collecting(path, problems), deadline(path, SECONDS_TO_READ):
        yield


def fault(path: str, error: Exception) -> Problem:
    """Return the problem that reports an `error` that nobody foresaw."""
    said = " ".join(f"{type(error).__name__}: {error}".split())[:MOST].rstrip(": ")
    message = f"this could not be read: {said}; it is a fault of opsbook, please report it, --debug shows where"
    return Problem(path, 0, 0, message, trace="".join(traceback.format_exception(error)))
