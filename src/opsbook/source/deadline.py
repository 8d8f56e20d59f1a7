"""An end to what takes too long over somebody's text: a problem with the file's name, and not a run that never ends.

Python's `re` asks for signals while it matches (`MAYBE_CHECK_SIGNALS` of CPython's `Modules/_sre/sre.c`), so a signal
ends whatever Python-Markdown, jsonschema or a parser is at. What is written in another language and does not ask, such
as nh3 and promql-parser, comes to its own end first. Outside of the main thread, on Windows, and where somebody else
uses this timer (a profiler), nothing is ended: there are no signals there, or the timer is not ours to take.
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
    """Work on a file was ended. `reason` is the message without the file."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__([Problem(path, 0, 0, reason)])
        self.reason = reason


@contextlib.contextmanager
def deadline(path: str, seconds: float, doing: str = "to read") -> Iterator[None]:
    """Raise TooLongError where the block takes more than `seconds` of the processor; `doing` says what it does.

    They are those of the processor, so that a busy machine ends nothing. Of two blocks inside each other, the one whose
    time is over first is ended.
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
    """What the signal of `timer` raises. No `except Exception` on the way holds it up."""

    def __init__(self, timer: _Timer) -> None:
        super().__init__()
        self.timer = timer


class _Timer:
    """The timer of one block, which is the handler of the signal as well. It gives back what it took."""

    def __init__(self) -> None:
        self.is_running = False
        self.began = self.left = 0.0
        self.before: _Timer | None = None

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        if self.is_running:
            raise _Ended(self)

    def begin(self, seconds: float) -> None:
        """Set the timer, where it is there to be set and would ring before that of a block around this one."""
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
        """Stop the timer, or set it to what the block around this one has left. The second call does nothing."""
        if not self.is_running:
            return
        self.is_running = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self.before or signal.SIG_DFL)
        if self.before:
            left = self.left - (time.process_time() - self.began)
            signal.setitimer(signal.ITIMER_PROF, max(left, _LEAST), _AGAIN)
