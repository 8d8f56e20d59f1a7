"""Tell on which day a build is made, so that the same files make the same site on any day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def day_of_build() -> date:
    """Return the day of `SOURCE_DATE_EPOCH` (in UTC, as that standard says) where it is set, else today."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return date.today()
