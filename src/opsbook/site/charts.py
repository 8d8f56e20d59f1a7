"""Measure the small pictures of progress, the bar and the ring, whose SVG is in `templates/charts.jinja`."""

from __future__ import annotations

import math
from typing import Protocol

RADIUS = 42.0
"""The radius of the ring in `charts.jinja`."""


class Counts(Protocol):
    """How many things are done and in progress, of how many that count."""

    @property
    def done(self) -> int:
        """Return how many are done."""

    @property
    def doing(self) -> int:
        """Return how many are in progress."""

    @property
    def total(self) -> int:
        """Return how many count."""

    @property
    def percent(self) -> int:
        """Return the whole per cent that are done."""


def progress_sentence(counts: Counts) -> str:
    """Return the counts in words, as a screen reader says them."""
    if not counts.total:
        return "nothing to do"
    more = f", {counts.doing} in progress" if counts.doing else ""
    return f"{counts.done} of {counts.total} done{more}"


def bar_lengths(counts: Counts) -> tuple[float, float]:
    """Return how long the done part and the part in progress are, in a bar of 100."""
    total = counts.total or 1
    return 100 * counts.done / total, 100 * counts.doing / total


def ring_lengths(counts: Counts) -> tuple[float, float, float]:
    """Return how long the done arc, the arc in progress and the whole ring are. With nothing to do, all is done."""
    around = 2 * math.pi * RADIUS
    done, doing = (counts.done / counts.total, counts.doing / counts.total) if counts.total else (1, 0)
    return around * done, around * doing, around


def svg_length(value: float) -> str:
    """Return a length for SVG: two decimals at most, so that the bytes are the same on every machine.

    >>> svg_length(12), svg_length(1 / 3)
    ('12', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
