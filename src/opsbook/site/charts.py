"""Draw small pictures of a status or of counts: the status sign, the progress bar, the ring."""

from __future__ import annotations

import math
from datetime import date
from enum import Enum
from typing import Protocol

from markupsafe import Markup

_RADIUS = 42.0


class Counts(Protocol):
    """How many things are done and in progress, of how many that count."""

    @property
    def done(self) -> int:
        """How many are done."""

    @property
    def doing(self) -> int:
        """How many are in progress."""

    @property
    def total(self) -> int:
        """How many count."""

    @property
    def percent(self) -> int:
        """Whole per cent done."""


class Ending(Protocol):
    """Something that holds until a day."""

    @property
    def until(self) -> date:
        """The last day on which it holds."""


def status(value: Enum, *, word: bool = True) -> Markup:
    """The sign of a status: a shape and a word; the colour comes from the style sheet."""
    shown = Markup('<span class="ob-status__word">{}</span>').format(value.value) if word else Markup("")
    label = Markup("") if word else Markup(' role="img" aria-label="{}"').format(value.value)
    return Markup('<span class="ob-status ob-status--{}"{}>{}</span>').format(value.value, label, shown)


def ended_waiver(waiver: Ending | None) -> Markup:
    """Return the sign of a waiver that has ended, which the reader's clock brings out; nothing without a waiver."""
    if waiver is None:
        return Markup("")
    return Markup('<span class="ob-ended" data-ob-due="{}" data-search-exclude hidden>waiver ended</span>').format(
        waiver.until
    )


def progress_sentence(counts: Counts) -> str:
    """The counts in words, as a screen reader says them."""
    if not counts.total:
        return "nothing to do"
    more = f", {counts.doing} in progress" if counts.doing else ""
    return f"{counts.done} of {counts.total} done{more}"


def bar(counts: Counts) -> Markup:
    """A progress bar: done, then in progress, then the rest."""
    total = counts.total or 1
    done, doing = 100 * counts.done / total, 100 * counts.doing / total
    return Markup(
        '<svg class="ob-bar" role="img" aria-label="{}" viewBox="0 0 100 8" preserveAspectRatio="none">'
        '<rect class="ob-bar__rest" width="100" height="8"/>'
        '<rect class="ob-bar__doing" x="{}" width="{}" height="8"/>'
        '<rect class="ob-bar__done" width="{}" height="8"/></svg>'
    ).format(progress_sentence(counts), svg_length(done), svg_length(doing), svg_length(done))


def ring(counts: Counts) -> Markup:
    """The progress as a ring with the per cent in it."""
    around = 2 * math.pi * _RADIUS
    done = around * (counts.done / counts.total if counts.total else 1)
    doing = around * (counts.doing / counts.total if counts.total else 0)
    return Markup(
        '<svg class="ob-ring" role="img" aria-label="{}" viewBox="0 0 100 100" focusable="false">'
        '<circle class="ob-ring__rest" cx="50" cy="50" r="42"/>'
        '<circle class="ob-ring__doing" cx="50" cy="50" r="42" stroke-dasharray="{} {}" stroke-dashoffset="-{}"/>'
        '<circle class="ob-ring__done" cx="50" cy="50" r="42" stroke-dasharray="{} {}"/>'
        '<text x="50" y="58" text-anchor="middle">{}%</text></svg>'
    ).format(
        progress_sentence(counts),
        svg_length(doing),
        svg_length(around),
        svg_length(done),
        svg_length(done),
        svg_length(around),
        counts.percent,
    )


def svg_length(value: float) -> str:
    """A length for SVG: two decimals at most, so that the bytes are the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
