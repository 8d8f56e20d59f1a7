"""The net under every loader: what nobody foresaw in a user's file becomes a problem with the file's name.

A mistake that is foreseen is a `Problem` with its line; this is for the rest, so that one file never hides what is
wrong with the others. The traceback is kept in the problem, for who asks for it.
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
    """Raise whatever goes wrong while `path` is worked on as ProblemsError."""
    try:
        yield
    except ProblemsError:
        raise
    except Exception as error:
        raise ProblemsError([fault(path, error)]) from error


@contextlib.contextmanager
def collecting(path: str, problems: list[Problem]) -> Iterator[None]:
    """Add whatever goes wrong while `path` is worked on to `problems`, and go on behind the block."""
    try:
        with guarded(path):
            yield
    except ProblemsError as error:
        problems += error.problems


@contextlib.contextmanager
def reading(path: str, problems: list[Problem]) -> Iterator[None]:
    """As `collecting`, for one file: work that takes more than SECONDS_TO_READ is ended, which is a problem too."""
    with collecting(path, problems), deadline(path, SECONDS_TO_READ):
        yield


def fault(path: str, error: Exception) -> Problem:
    """What is said of an `error` that nobody foresaw."""
    said = " ".join(f"{type(error).__name__}: {error}".split())[:MOST].rstrip(": ")
    message = f"this could not be read: {said}; it is a fault of opsbook, please report it, --debug shows where"
    return Problem(path, 0, 0, message, trace="".join(traceback.format_exception(error)))
