"""Publish a site as a new release, or go back to an earlier one."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.mkdocs.swap import change_over
from opsbook.problems import Problem, ProblemsError
from opsbook.publish.compress import compress_site, keep_times
from opsbook.publish.durable import sync_below
from opsbook.publish.naming import content_hash, release_name
from opsbook.publish.server_headers import server_headers
from opsbook.publish.target import Target
from opsbook.publish.verify import verify

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
"""The disk is full, read-only, broken or somebody else's. Any other error is a fault of this program."""


@dataclass(frozen=True)
class Switched:
    """What a run did: the release that readers see now, and the one that they saw before."""

    release: str
    before: str
    has_new_headers: bool = field(default=False, compare=False)
    """Whether the server has to read its headers again."""


def publish(target: Target, make: Callable[[Path], None], *, keep: int, gone: Sequence[str] = ()) -> Switched:
    """Publish the site that `make` puts into a new folder, and keep the last `keep` releases.

    It is verified first; `gone` are the addresses of pages that it may lack.

    Raises ProblemsError, with the old release in place, if any step fails.
    """
    with _kept_site(target):
        target.prepare()
        with target.locked(), target.unfinished() as folder:
            before, site = target.now, folder / "site"
            make(site)
            last = target.releases / before if before else None
            verify(site, last, gone=gone)
            compress_site(site)
            keep_times(site, last)
            name = _added(target, site)
            # Releases that were rolled back from are the first ones to go.
            others = [each for each in target.names if each not in (before, name)]
            target.remember([each for each in (*others, before, name) if each])
            kept = target.names[-keep:]
            has_new_headers = target.write_headers(server_headers(target.releases / each for each in kept))
            target.switch(name)
            target.forget(target.names[:-keep])
    return Switched(name, before, has_new_headers=has_new_headers)


def roll_back(target: Target, release: str | None = None) -> Switched:
    """Let readers see the release before the current one, or the one named `release`.

    Raises ProblemsError, with the current release in place, if there is no such one.
    """
    if not target.releases.is_dir():
        raise ProblemsError([Problem(target.shown, 0, 0, "holds no releases; `opsbook publish` makes the first one")])
    with _kept_site(target), target.locked():
        before = target.now
        name = target.found(release) if release else _earlier(target, before)
        target.switch(name)
    return Switched(name, before)


def _added(target: Target, site: Path) -> str:
    """Give the finished `site` its name, unless the very same release is there; return that name."""
    name = release_name(content_hash(site))
    sync_below(site)
    there = target.releases / name
    if name not in target.names:
        target.add(site, name)
    elif release_name(content_hash(there)) != name:  # Somebody changed it by hand.
        change_over(site, there)
    return name


def _earlier(target: Target, now: str) -> str:
    """Return the release before `now`. Raises ProblemsError if there is none."""
    names = target.names
    at = names.index(now) if now in names else len(names)
    if not at:
        raise ProblemsError([Problem(target.shown, 0, 0, "holds no release before the current one")])
    return names[at - 1]


@contextlib.contextmanager
def _kept_site(target: Target) -> Iterator[None]:
    """Raise ProblemsError in the place of an error of the disk: the site that readers see stays."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            raise
        message = f"cannot be written: {error.strerror}; the site that was there stays"
        raise ProblemsError([Problem(target.shown, 0, 0, message)]) from None
