"""Which tests leave this process: they run a command, a tool or a browser, and so are not among the fast ones.

Nobody has to say it of a test. It is read off the code of the test, of its fixtures and of all the functions of these
tests that they call.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).parent
BEYOND = frozenset(
    {
        *("Popen", "program", "run_command", "run_limited", "subprocess", "sync_playwright"),
        *("check_snippets", "load_drawings", "ShellParser"),
    }
)
"""What starts a process: functions of Python, of these tests and of the engine."""


def mark_border(items: list[pytest.Item]) -> None:
    """Put the marker `border` on each of `items` that leaves this process."""
    known: dict[Any, bool] = {}
    for item in items:
        if isinstance(item, pytest.Function) and any(_leaves(each, known) for each in _functions(item)):
            item.add_marker("border")


def _functions(item: pytest.Function) -> Iterator[Callable[..., Any]]:
    yield item.function
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        yield from (definition.func for definition in definitions)


def _leaves(thing: Any, known: dict[Any, bool]) -> bool:
    """Whether a function, or a method of a class, leads to one of BEYOND."""
    if callable(thing):
        thing = inspect.unwrap(thing.__func__ if isinstance(thing, MethodType) else thing)
    if isinstance(thing, type) and _is_ours(thing):
        return any(_leaves(each, known) for each in vars(thing).values() if isinstance(each, FunctionType))
    if not isinstance(thing, FunctionType) or not _is_ours(thing):
        return False
    if thing not in known:
        known[thing] = False  # For functions that call each other.
        names = set(_names(thing.__code__))
        known[thing] = bool(names & BEYOND) or any(_leaves(each, known) for each in _used(thing, names))
    return known[thing]


def _used(function: FunctionType, names: set[str]) -> Iterator[Any]:
    """What the `names` in `function` stand for, also as those of a module: `elsewhere.build`."""
    for found in filter(None, map(function.__globals__.get, names)):
        yield from (vars(found).get(name) for name in names) if isinstance(found, ModuleType) else (found,)


def _is_ours(thing: FunctionType | type) -> bool:
    """Whether `thing` was written for these tests; one that a decorator made is asked for its code."""
    file = getattr(sys.modules.get(thing.__module__), "__file__", None)
    if file is None and isinstance(thing, FunctionType):
        file = thing.__code__.co_filename
    return file is not None and Path(file).is_relative_to(TESTS)


def _names(code: CodeType) -> Iterator[str]:
    """The names that `code` uses, and the functions inside of it."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)
