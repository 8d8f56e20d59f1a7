"""End work on somebody's text that takes too long, with a problem that names the file, so that every run ends.

Python's `re` checks for signals while it matches (`MAYBE_CHECK_SIGNALS` of CPython's `Modules/_sre/sre.c`), so a signal
ends whatever Python-Markdown, jsonschema or a parser is doing. What is written in another language and does not check,
such as nh3 and promql-parser, comes to its own end first. Outside of the main thread, on Windows, and where somebody
else uses this timer (a profiler), nothing is ended: there are no signals there, or the timer is not ours to take.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

from opsbook.problems import Problem, ProblemsError

_AGAIN = 1.0
"""The seconds after which the signal comes again, where somebody's code took the first one for an error of its own."""
_LEAST = 0.001
"""The shortest time that is set; a timer of 0 never rings."""


class TooLongError(ProblemsError):
    """The error for work on a file that was ended. `reason` is the message without the file."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__([Problem(path, 0, 0, reason)])
        self.reason = reason


@contextlib.contextmanager
def deadline(path: str, seconds: float, doing: str = "to read") -> Iterator[None]:
    """Raise TooLongError where the block takes more than `seconds` of processor time; `doing` says what it does.

    Only processor time counts, so that a busy machine ends nothing. Of two nested blocks, the one whose time is over
    first is ended.
    """
    timer = _Timer()
    try:
        try:
            timer.begin(seconds)
            yield
        finally:
            timer.finish()
    except _Ended as error:
        timer.finish()  # The signal may have come just before the line above did its work.
        if error.timer is not timer:
            raise
        reason = f"this takes longer than {seconds:g} seconds {doing}; make it shorter or simpler, or split it"
        raise TooLongError(path, reason) from None


class _Ended(BaseException):
    """The exception that the signal of `timer` raises. It passes through every `except Exception`."""

    def __init__(self, timer: _Timer) -> None:
        super().__init__()
        self.timer = timer


class _Timer:
    """The timer of one block, which is the handler of its signal too. It restores the timer that it replaced."""

    def __init__(self) -> None:
        self.is_running = False
        self.began = self.left = 0.0
        self.before: _Timer | None = None

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        if self.is_running:
            raise _Ended(self)

    def begin(self, seconds: float) -> None:
        """Start the timer, where the system has a free one and it would ring before that of the surrounding block."""
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            return
        handler, (left, _) = signal.getsignal(signal.SIGPROF), signal.getitimer(signal.ITIMER_PROF)
        if isinstance(handler, _Timer):
            if left <= seconds:
                return
            self.before, self.left = handler, left
        elif handler is not signal.SIG_DFL or left:
            return
        self.began, self.is_running = time.process_time(), True
        signal.signal(signal.SIGPROF, self)
        signal.setitimer(signal.ITIMER_PROF, max(seconds, _LEAST), _AGAIN)

    def finish(self) -> None:
        """Stop the timer, or set it to what the surrounding block has left. A second call does nothing."""
        if not self.is_running:
            return
        self.is_running = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self.before or signal.SIG_DFL)
        if self.before:
            left = self.left - (time.process_time() - self.began)
            signal.setitimer(signal.ITIMER_PROF, max(left, _LEAST), _AGAIN)
