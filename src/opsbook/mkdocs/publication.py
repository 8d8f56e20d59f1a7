"""Let the builds of one run of MkDocs write beside the site, and replace the site when a build succeeds."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.compat.logs import is_about_to_fail
from opsbook.mkdocs.stage import Stage
from opsbook.problems import Problem, ProblemsError

log = logging.getLogger("mkdocs.plugins.opsbook")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


class Publication:
    """The builds of one run: `begin` before each, then `end` or `fail`. A build inside another one is a part of it."""

    def __init__(self) -> None:
        self.changing = threading.Lock()
        """Held while the new site replaces the old one."""
        self._stage: Stage | None = None
        self._inner = 0
        self._site_dir = ""

    def begin(self, config: MkDocsConfig, *, is_dirty: bool, by_files: bool) -> None:
        """Point `config` to a folder beside the site. Raises ProblemsError if nothing can be written there."""
        if self._stage and Path(config.site_dir).is_relative_to(self._stage.folder):
            self._inner += 1
            return
        self.fail()
        self._site_dir = config.site_dir
        try:
            self._stage = Stage(Path(config.site_dir), copied=is_dirty, by_files=by_files)
        except OSError as error:
            raise ProblemsError([_unwritable(self._site_dir, error)]) from None
        config.site_dir = str(self._stage.folder)

    def end(self, config: MkDocsConfig, finish: Callable[[MkDocsConfig, Path], None]) -> None:
        """Replace the site by what a build has written, unless MkDocs is about to fail the build.

        `finish` adds what is made of the whole site, and is given its folder. Raises ProblemsError, with the old site
        in place, if the site cannot be replaced.
        """
        if self._inner or not self._stage:
            self._inner = max(0, self._inner - 1)
            return
        stage, self._stage = self._stage, None
        config.site_dir = self._site_dir
        if is_about_to_fail(config):
            stage.discard()
            return
        try:
            finish(config, stage.folder)
        except OSError as error:
            stage.discard()
            raise ProblemsError([_unwritable(self._site_dir, error)]) from None
        except ProblemsError:
            stage.discard()
            raise
        log.info("Changing over to the new site in %s", self._site_dir)
        try:
            with self.changing:
                renamed = stage.publish()
        except OSError as error:
            stage.discard()
            raise ProblemsError([_unwritable(self._site_dir, error)]) from None
        if not renamed:
            log.info("The files were replaced one by one, since the folder itself stays the same one")

    def fail(self) -> None:
        """Remove what an unfinished build has written."""
        if self._stage:
            self._stage.discard()
        self._stage, self._inner = None, 0

    def problem(self, error: Exception) -> Problem | None:
        """Return the problem if `error` means that the disk is full or read-only, else None."""
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return _unwritable(self._site_dir, error)
        return None


def _unwritable(site_dir: str, error: OSError) -> Problem:
    return Problem(site_dir, 0, 0, f"cannot be written: {error.strerror}; the site that was there stays")
