"""Log what is wrong with a handbook as MkDocs logs its own problems, and end the build."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from mkdocs.exceptions import Abort

from opsbook.markup.settings import OPTION
from opsbook.problems import Problem, Severity, counted

log = logging.getLogger("mkdocs.plugins.opsbook")
"""The logger below that of MkDocs, which counts its warnings under `--strict`."""


def refused(problems: tuple[Problem, ...]) -> Abort:
    """Log each of `problems` on a line of its own, and return the exception that ends the build."""
    for problem in problems:
        log.log(logging.WARNING if problem.severity is Severity.WARNING else logging.ERROR, str(problem))
        if problem.trace:  # Shown by `mkdocs build --verbose`.
            log.debug(problem.trace)
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    return Abort(f"{counted(count, 'problem')} found")


def keep_warnings(*, is_strict: bool) -> None:
    """Let warnings of the engine end a strict build under `--quiet` too, where those of MkDocs are not counted."""
    # `--quiet` raises the level of the logger above this one, whose counter then sees no warning at all.
    log.setLevel(logging.NOTSET)
    if is_strict and not log.isEnabledFor(logging.WARNING):
        log.setLevel(logging.WARNING)


def misconfigured(faults: Sequence[str]) -> Abort:
    """Log `faults` as MkDocs does for a wrong option, and return the exception that ends the build."""
    for fault in faults:
        log.error("Config value 'plugins': Plugin 'opsbook' option '%s': %s", OPTION, fault)
    return Abort("Aborted with a configuration error!")
