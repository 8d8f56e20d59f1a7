"""How long something took, in words and as a small picture on a logarithmic scale of time.

Minutes and days meet on one page, so the scale is logarithmic. Places are in per cent and sizes in pixels, so that the
picture is as wide as its page and its signs stay as large as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta

from markupsafe import Markup

from opsbook.nouns.post_mortem.model import STAGES, PostMortem
from opsbook.site.charts import svg_length

TICKS = ((1, "1 min"), (10, "10 min"), (60, "1 h"), (6 * 60, "6 h"), (24 * 60, "1 day"), (7 * 24 * 60, "1 week"))
"""Minutes, and how the scale calls them."""

_SHAPES = {
    "detected": Markup('<circle cx="{x}%" cy="14" r="5" class="ob-detected"/>'),
    "mitigated": Markup(
        '<svg x="{x}%" y="14" overflow="visible"><path d="M0-7 7 0 0 7-7 0z" class="ob-mitigated"/></svg>'
    ),
    "resolved": Markup(
        '<svg x="{x}%" y="14" overflow="visible"><path d="M-5-5h10v10h-10z" class="ob-resolved"/></svg>'
    ),
}


def in_words(duration: timedelta | None) -> str:
    """A duration as a person says it.

    >>> [in_words(timedelta(minutes=m)) for m in (0, 27, 60, 1053, 3000)], in_words(None)
    (['under 1 min', '27 min', '1 h', '17 h 33 min', '2 d 2 h'], 'not yet known')
    """
    if duration is None:
        return "not yet known"
    minutes = int(duration.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if minutes < 1:
        return "under 1 min"
    parts = [(days, "d"), (hours, "h")] if days else [(hours, "h"), (minutes % 60, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def span(post_mortems: Iterable[PostMortem]) -> float:
    """The minutes that the scale ends at: the first tick that no duration is past, an hour at least."""
    longest = max((_minutes(each, stage) or 0 for each in post_mortems for stage in STAGES), default=0)
    return next((minutes for minutes, _ in TICKS[2:] if minutes >= longest), longest)


def scale(end: float) -> Markup:
    """The names of the ticks, to stand above or below the pictures."""
    words = [(_place(minutes, end), label) for minutes, label in TICKS if minutes <= end]
    texts = Markup("").join(
        Markup('<text x="{}%" y="12" text-anchor="{}">{}</text>').format(svg_length(x), _anchor(x), label)
        for x, label in words
    )
    return Markup('<svg class="ob-durations__scale" aria-hidden="true" width="100%" height="16">{}</svg>').format(texts)


def duration_svg(post_mortem: PostMortem, end: float) -> Markup:
    """When it was detected, mitigated and resolved, on a line that ends after `end` minutes."""
    places = {stage: _place(value, end) for stage in STAGES[1:] if (value := _minutes(post_mortem, stage)) is not None}
    ticks = [_place(minutes, end) for minutes, _ in TICKS if minutes <= end]
    return Markup(
        '<svg class="ob-durations__picture" role="img" aria-label="{label}" width="100%" height="28">'
        '{ticks}<line class="ob-durations__line" x1="0" x2="{last}%" y1="14" y2="14"/>{signs}</svg>'
    ).format(
        label=duration_sentence(post_mortem),
        ticks=Markup("").join(map(_tick, ticks)),
        last=svg_length(max(places.values(), default=0)),
        signs=Markup("").join(stage_sign(stage, x) for stage, x in reversed(places.items())),
    )


def stage_sign(stage: str, x: float) -> Markup:
    """The sign of a stage: a shape of its own, and its colour from the style sheet."""
    return _SHAPES[stage].format(x=svg_length(x))


def key(stage: str) -> Markup:
    """The sign of a stage alone, to stand beside its name."""
    return Markup('<svg class="ob-durations__key" aria-hidden="true" width="16" height="28">{}</svg>').format(
        stage_sign(stage, 50)
    )


def duration_sentence(post_mortem: PostMortem) -> str:
    """The durations in words, as a screen reader says them."""
    known = [(stage, post_mortem.times.until(stage)) for stage in STAGES[1:]]
    return ", ".join(f"{stage} after {in_words(duration)}" for stage, duration in known if duration is not None)


def _minutes(post_mortem: PostMortem, stage: str) -> float | None:
    duration = post_mortem.times.until(stage)
    return duration.total_seconds() / 60 if duration is not None else None


def _place(minutes: float, end: float) -> float:
    """Where a duration stands, in per cent. All that is shorter than the first tick stands at the start."""
    return 100 * math.log(max(minutes, 1)) / math.log(max(end, 60))


def _tick(x: float) -> Markup:
    return Markup('<line class="ob-durations__tick" x1="{x}%" x2="{x}%" y1="4" y2="24"/>').format(x=svg_length(x))


def _anchor(x: float) -> str:
    return "start" if x <= 0 else "end" if x >= 100 else "middle"


def stages() -> Sequence[str]:
    """The stages that have a duration."""
    return STAGES[1:]
