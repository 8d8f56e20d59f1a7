"""What takes too long over somebody's text is ended with the file's name, and nothing else is touched by it."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import small_site
from limited import run_limited
from opsbook.source.deadline import TooLongError, deadline

_SLOW = "a" * 60
_BUILD = """
import sys
sys.stderr = sys.stdout
from mkdocs.__main__ import cli
from opsbook.mkdocs.cache import bounded
bounded.SECONDS_TO_RENDER = 0.5
try:
    cli(["build", "--quiet", "--config-file", sys.stdin.read()])
except SystemExit as end:
    print(end.code)
"""
_CHECK = """
from opsbook.snippets import tools
from opsbook.snippets.check import check_snippets
from opsbook.snippets.model import Snippet
tools.SECONDS_TO_CHECK, tools.SECONDS_TO_CHECK_ALL = 0.5, 1
codes = ("a = 1", "a = " + "1 + " * 400_000 + "1", "a = ")
blocks = [Snippet("a.md", "hcl", "", code, line, 1, line + 1) for line, code in enumerate(codes, start=1)]
for problem in check_snippets(blocks).problems:
    print(problem)
"""


def _match() -> None:
    """Work for hours, in code that asks for signals and in no other way for anything."""
    re.match(r"(a|a)*b", _SLOW)


def _is_free() -> bool:
    return signal.getsignal(signal.SIGPROF) is signal.SIG_DFL and not any(signal.getitimer(signal.ITIMER_PROF))


def test_a_match_that_does_not_end_is_a_problem_of_its_file() -> None:
    with pytest.raises(TooLongError) as error, deadline("a.md", 0.2, "to render"):
        _match()
    message = "a.md: this takes longer than 0.2 seconds to render; make it shorter or simpler, or split it"
    assert [str(problem) for problem in error.value.problems] == [message]
    assert _is_free()


def test_no_handler_of_errors_holds_it_up() -> None:
    def stubborn() -> None:
        while True:
            try:
                _match()
            except Exception:
                continue

    with pytest.raises(TooLongError), deadline("a.md", 0.2):
        stubborn()
    assert _is_free()


def test_of_two_blocks_the_one_whose_time_is_over_first_is_ended_and_the_other_goes_on() -> None:
    ended: list[str] = []

    def inner() -> bool:
        try:
            with deadline("inner.md", 0.2):
                _match()
        except TooLongError as error:
            ended.append(error.problems[0].path)
        return False

    with pytest.raises(TooLongError, match="outer"), deadline("outer.md", 0.6):
        _spend_until(inner)
    assert set(ended) == {"inner.md"}
    with pytest.raises(TooLongError, match="outer"), deadline("outer.md", 0.2), deadline("inner.md", 60):
        _match()
    assert _is_free()


def test_work_that_ends_is_left_alone() -> None:
    with deadline("a.md", 60):
        assert not _is_free()
    assert _is_free()


def test_a_timer_of_somebody_else_and_another_thread_are_left_alone() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGPROF, lambda number, _frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_PROF, 0.05)
        with deadline("a.md", 0.01):
            _spend_until(lambda: bool(rung))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert rung == [signal.SIGPROF]
    found: list[bool] = []

    def in_thread() -> None:
        with deadline("a.md", 0.01):
            found.append(_is_free())

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    assert found == [True]


def _spend_until(is_over: Callable[[], bool]) -> None:
    while not is_over():
        sum(range(1000))


def test_pages_that_take_too_long_end_the_build_each_with_its_line(tmp_path: Path) -> None:
    slow = '=== "a"\n\n    b\n\n' * 7_000
    small_site.write(tmp_path, {"docs/one.md": slow, "docs/two.md": "# Two\n", "docs/three.md": slow})
    said = run_limited(_BUILD, seconds=60, given=str(tmp_path / "mkdocs.yml"))
    message = "this takes longer than 0.5 seconds to render; make it shorter or simpler, or split it"
    assert said.splitlines() == [
        f"ERROR   -  docs/one.md: {message}",
        f"ERROR   -  docs/three.md: {message}",
        "",
        "2 problems found",
        "1",
    ]


def test_a_block_that_takes_too_long_is_told_and_the_others_are_checked() -> None:
    slow, wrong = run_limited(_CHECK, seconds=60).splitlines()
    assert slow == "a.md:2:1: this takes longer than 0.5 seconds to check; make it shorter or simpler, or split it"
    assert wrong.startswith("a.md:4:")
    assert "not valid HCL" in wrong
