"""Tell the moment that a copy of a site is of: the same for the same files, on whatever day they are built."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from opsbook.source.clock import day_of_build
from opsbook.source.git import git_says


def moment_of(root: Path, environment: Mapping[str, str] = os.environ) -> datetime:
    """Return the time of SOURCE_DATE_EPOCH, else that of the last commit of `root`, else the beginning of this day."""
    for seconds in (environment.get("SOURCE_DATE_EPOCH"), git_says(root, "log", "-1", "--format=%ct")):
        try:
            return datetime.fromtimestamp(int(seconds or ""), UTC)
        except (ValueError, OverflowError, OSError):
            continue
    return datetime.combine(day_of_build(), time(), UTC)
