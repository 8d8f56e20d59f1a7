"""Change the server of `mkdocs serve`: when it answers, how it builds, and the script that it inserts into pages."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

LIVE_RELOAD = "/livereload/"
"""The start of the address at which browsers wait for the next build.
https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L269
"""


def replace_builder(server: LiveReloadServer, wrap: Callable[[Callable[[], None]], Callable[[], None]]) -> None:
    """Replace the function with which `server` builds by what `wrap` returns for it."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L211
    # `on_serve` is given the function, and what it returns is the server: there is no way to give another one back.
    server.builder = wrap(server.builder)


@contextmanager
def open_to_readers(server: LiveReloadServer) -> Iterator[None]:
    """Let `server` answer requests during the build that runs in this context."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L300-L302
    # Requests are held for as long as `_wanted_epoch`, set before a build, differs from `_visible_epoch`, set after one
    # that did not fail. The latter is what makes browsers load their page again, which they should after a failed build
    # too: so it is the other one that is changed, and put back.
    with server._epoch_cond:
        wanted, server._wanted_epoch = server._wanted_epoch, server._visible_epoch
        server._epoch_cond.notify_all()
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L351-L353
    # A request for what is not there is a warning of the logger below, and a strict build counts every warning.
    requests = logging.getLogger(type(server).__module__)
    requests.addFilter(_is_no_warning)
    try:
        yield
    finally:
        requests.removeFilter(_is_no_warning)
        with server._epoch_cond:
            server._wanted_epoch = wanted


def _is_no_warning(record: logging.LogRecord) -> bool:
    return record.levelno < logging.WARNING


def request_build(server: LiveReloadServer) -> None:
    """Make `server` build again, as it does when a file that it watches has changed."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L153-L155
    # `watch` is the documented way. It builds for each file of a folder, whatever its name is, and takes no function.
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def observe(server: LiveReloadServer, folder: Path, changed: Callable[[Path], None]) -> None:
    """Call `changed` with the path of each thing directly in `folder` that comes, changes or goes."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L133
    # https://github.com/gorakhargosh/watchdog/blob/v6.0.0/src/watchdog/observers/api.py#L381
    # The server has an observer of watchdog, which calls `dispatch` of whatever it is given.
    server.observer.schedule(cast("Any", _Observed(changed)), str(folder), recursive=False)


class _Observed:
    def __init__(self, changed: Callable[[Path], None]) -> None:
        self.changed = changed

    def dispatch(self, event: Any) -> None:
        """Tell of one event: the path before and, for a move, the path after."""
        for path in dict.fromkeys((event.src_path, getattr(event, "dest_path", ""))):
            if path:
                self.changed(Path(os.fsdecode(path)))


def around_live_reload(server: LiveReloadServer, change: Callable[[bytes, str], bytes]) -> None:
    """Send what `change` returns for a page with the script that reloads it, and for the text of that script."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L327 and the same in ProperDocs 1.6.7
    # The script holds two numbers that are new for each answer, so no event of a build can know it.
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html

    def inject_and_change(content: bytes, epoch: int) -> bytes:
        page = inject(content, epoch)
        end = content.rfind(b"</body>")
        start = len(content) if end < 0 else end
        added = page[start : start + len(page) - len(content)]
        return change(page, added.removeprefix(b"<script>").removesuffix(b"</script>").decode())

    server._inject_js_into_html = inject_and_change  # type: ignore[method-assign]
