"""Name a release after its content, so that the same bytes have the same name wherever they are published."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from opsbook.problems import Problem, ProblemsError
from opsbook.publish.durable import files_below

_DIGITS = 16
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999."""


def content_hash(folder: Path) -> str:
    """Return a hash of the paths and the bytes of all files below `folder`."""
    whole = hashlib.sha256()
    for file in files_below(folder):
        name = os.fsencode(file.relative_to(folder).as_posix())
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").digest()
        whole.update(len(name).to_bytes(8, "big") + name + content)
    return whole.hexdigest()[:_DIGITS]


def release_name(content: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of a release with the hash `content`, which begins with SOURCE_DATE_EPOCH where that is set.

    Raises ProblemsError if that is no number of seconds.

    >>> release_name("0123456789abcdef", {"SOURCE_DATE_EPOCH": "1767225600"})
    '20260101T000000Z-0123456789abcdef'
    >>> release_name("0123456789abcdef", {})
    '0123456789abcdef'
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return content
    if not (seconds.isascii() and seconds.isdigit() and int(seconds[:13]) <= _LAST_SECOND):
        message = f"`{seconds[:40]}` is no number of seconds since 1970; allowed: a number such as 1767225600"
        raise ProblemsError([Problem("SOURCE_DATE_EPOCH", 0, 0, message)])
    return f"{datetime.fromtimestamp(int(seconds), UTC):%Y%m%dT%H%M%SZ}-{content}"
