"""Keep the last good site available under `mkdocs serve`, with the problems of a failed build at the top of each page.

MkDocs itself lets every request wait while a build runs, and forever after a build that failed.
"""

from __future__ import annotations

import functools
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from wsgiref.types import StartResponse, WSGIEnvironment

from opsbook.mkdocs.compat.logs import build_loggers
from opsbook.mkdocs.compat.serving import LIVE_RELOAD, open_to_readers, replace_builder
from opsbook.site.language import SiteLanguage
from opsbook.site.render import whole_file

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.opsbook")
_BODY = re.compile(rb"<body\b[^>]*>")


class LastGoodSite:
    """Answers the requests to `server`. `changing` is held while the files of the site change."""

    def __init__(self, server: LiveReloadServer, changing: threading.Lock, language: SiteLanguage) -> None:
        self.server = server
        self.changing = changing
        self.language = language
        self.problems: tuple[str, ...] = ()
        replace_builder(server, lambda builder: functools.partial(self.build, builder))
        server.set_app(self.answer)

    def build(self, builder: Callable[[], None]) -> None:
        """Build while readers see the old site. The terminal and every page show the problems of a failed build."""
        with open_to_readers(self.server), _heard() as lines:
            try:
                builder()
                self.problems = ()
            except (Exception, SystemExit) as error:
                _tell(error)
                self.problems = tuple(dict.fromkeys([*lines, _last_line(error)]))
        if self.problems:
            log.error("The last good site is served until this is mended.")

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as MkDocs does, with the problems of the last build at the top of a page."""
        if environ["PATH_INFO"].startswith(LIVE_RELOAD):  # This one waits for the next build.
            return self.server.serve_request(environ, start_response)
        said: list[Any] = []
        with self.changing:  # MkDocs opens a file and asks for its size later.
            body = self.server.serve_request(environ, lambda *arguments: said.extend(arguments))
        status, headers = said
        problems = self.problems
        if problems and ("Content-Type", "text/html") in headers:
            page = _with_banner(b"".join(body), problems, self.language)
            getattr(body, "close", lambda: None)()
            headers = [each for each in headers if each[0] != "Content-Length"]
            headers, body = [*headers, ("Content-Length", str(len(page)))], [page]
        start_response(status, headers)
        return body


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Yield a list that collects the logged warnings and errors, which say what is wrong with which file."""
    lines: list[str] = []
    listener = _Listener(lines.append)
    loggers = build_loggers()
    for logger in loggers:
        logger.addHandler(listener)
    try:
        yield lines
    finally:
        for logger in loggers:
            logger.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, hear: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self.hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self.hear(record.getMessage())


def _tell(error: BaseException) -> None:
    """Print on standard error how a build ended, as MkDocs does: a bug keeps its traceback."""
    if isinstance(error, SystemExit):
        print(_last_line(error), file=sys.stderr)
    else:
        traceback.print_exception(error)


def _last_line(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return str(error) if not str(error).isdigit() else f"the build ended with {error}"
    return traceback.format_exception_only(error)[-1].strip()


def _with_banner(page: bytes, problems: tuple[str, ...], language: SiteLanguage) -> bytes:
    """Put the problems in front of everything that `page` shows. They are text, and bring no script and no style."""
    banner = whole_file("mistakes.html", language, problems=problems).strip().encode()
    body = _BODY.search(page)
    start = body.end() if body else 0
    return page[:start] + banner + page[start:]
