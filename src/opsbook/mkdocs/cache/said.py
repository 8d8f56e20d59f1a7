"""Record what is logged while a page is made, so that it is said again where the page is taken from the cache."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator

from opsbook.mkdocs.compat.logs import last_loggers

Said = list[tuple[str, int, str]]
"""The logger's name, the level and the message of each record."""


@contextlib.contextmanager
def recorded(*, aloud: bool = True) -> Iterator[Said]:
    """Yield a list that collects what is logged from level INFO. Unless `aloud`, nobody else hears it meanwhile."""
    said: Said = []
    recorder = _Recorder(said)
    loggers = list(last_loggers())
    before = [logger.handlers[:] for logger in loggers]
    for logger in loggers:
        logger.handlers[:] = [*(logger.handlers if aloud else ()), recorder]
    try:
        yield said
    finally:
        for logger, handlers in zip(loggers, before, strict=True):
            logger.handlers[:] = handlers


def repeat(said: Iterable[tuple[str, int, str]]) -> None:
    """Log again what was recorded."""
    for name, level, message in said:
        logging.getLogger(name).log(level, "%s", message)


class _Recorder(logging.Handler):
    def __init__(self, said: Said) -> None:
        super().__init__(logging.INFO)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.name, record.levelno, record.getMessage()))
