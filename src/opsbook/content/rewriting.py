"""Rewrite a query for a trial: other names for its metrics, and ranges that fit into it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 20
"""Minutes of the longest range that is kept: a longer one gives the same kind of value, and takes longer."""
_STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\#[^\n]*"""
_RANGE = re.compile(rf"(?P<string>{_STRING})|\[(?P<range>[^\][:]+)(?P<step>:[^\][]*)?\]|offset\s+(?P<offset>-?\w+)")
_WORD = re.compile(rf"(?P<string>{_STRING})|(?P<word>[A-Za-z_:][\w:]*)(?P<call>\s*\()?")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
_PART = re.compile(r"(?<!\d)(\d++)(ms|[smhdwy])")


def with_prefix(expression: str, metrics: Iterable[str], prefix: str) -> str:
    """Return `expression` with `prefix` before each of `metrics`, outside of strings and comments."""
    names = frozenset(metrics)

    def rename(found: re.Match[str]) -> str:
        if found["string"] or found["call"] or found["word"] not in names:
            return found.group()
        return f"{prefix}{found['word']}"

    return _WORD.sub(rename, expression)


def with_short_times(expression: str) -> str:
    """Return `expression` with ranges and offsets of at most 20 minutes, and of at least two.

    >>> with_short_times('deriv(a[6h]) + b offset 1w + max_over_time(c[1d:1h])')
    'deriv(a[20m]) + b offset 20m + max_over_time(c[20m:1m])'
    """

    def shorten(found: re.Match[str]) -> str:
        if found["string"]:
            return found.group()
        if found["offset"]:
            return f"offset {_short(found['offset'])}"
        return f"[{_short(found['range'])}{':1m' if found['step'] else ''}]"

    return _RANGE.sub(shorten, expression)


def _short(duration: str) -> str:
    """Return `duration`, or the longest or the shortest that is kept: two minutes hold two samples of a trial."""
    seconds = sum(int(many) * _SECONDS[unit] for many, unit in _PART.findall(duration))
    if seconds <= 60:
        return "2m"
    return duration if seconds <= _LONGEST * 60 else f"{_LONGEST}m"
