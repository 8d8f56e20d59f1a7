"""Find the loggers that a build of MkDocs writes to, and whether it has warned."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import CountHandler


def last_loggers() -> Iterator[logging.Logger]:
    """Yield the loggers at which messages end: the root, and those that do not propagate."""
    # https://github.com/python/cpython/blob/v3.11.7/Lib/logging/__init__.py#L1315
    # A handler at the root alone misses what is logged below a logger with `propagate = False`, and `logging` documents
    # no list of the loggers before Python 3.12 (`getChildren`).
    manager = logging.Logger.manager
    yield manager.root
    loggers = (each for each in manager.loggerDict.values() if isinstance(each, logging.Logger))
    yield from [each for each in loggers if not each.propagate]


def build_loggers() -> set[logging.Logger]:
    """Return the loggers of the site engine that builds, and of plugins, which name theirs after MkDocs."""
    # Under ProperDocs the package that is imported as `mkdocs` has another name:
    # https://github.com/ProperDocs/properdocs/blob/1.6.7/properdocs/__init__.py
    return {logging.getLogger(name) for name in ("mkdocs", mkdocs.__name__)}


@contextmanager
def warnings_of(name: str) -> Iterator[list[str]]:
    """Yield a list that collects the warnings and errors of the logger `name`, which nobody else hears meanwhile."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L30 and `log` of each module
    # MkDocs tells what it finds in links, `nav` and its configuration by logging alone.
    said: list[str] = []
    logger = logging.getLogger(name)
    listener, before = _Collector(said), (logger.propagate, logger.level)
    logger.addHandler(listener)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield said
    finally:
        logger.removeHandler(listener)
        logger.propagate = before[0]
        logger.setLevel(before[1])


def retell(name: str, change: Callable[[str], str] | None) -> None:
    """Let each warning of the logger `name` say what `change` returns for it; None ends that."""
    # As above: MkDocs has no event in which a plugin is told of a dead link.
    logger = logging.getLogger(name)
    for each in [each for each in logger.filters if isinstance(each, _Retold)]:
        logger.removeFilter(each)
    if change:
        logger.addFilter(_Retold(change))


class _Retold(logging.Filter):
    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self.change = change

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            record.msg, record.args = self.change(record.getMessage()), ()
        return True


class _Collector(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def is_about_to_fail(config: MkDocsConfig) -> bool:
    """Return whether a strict build has warned, so that MkDocs ends it after `on_post_build`."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L349
    # That comes after the last event, and what was built must not become the site then.
    handlers = logging.getLogger(mkdocs.__name__).handlers
    counters = [each for each in handlers if isinstance(each, CountHandler)]
    return bool(config.strict) and any(counter.get_counts() for counter in counters)
