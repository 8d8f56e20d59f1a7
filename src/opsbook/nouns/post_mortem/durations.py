"""Show how long something took, in words and as a small picture on a logarithmic scale of time.

Minutes and days meet on one page, so the scale is logarithmic. Places are in per cent and sizes in pixels, so that the
picture is as wide as its page and its signs stay as large as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from opsbook.nouns.post_mortem.model import STAGES, PostMortem
from opsbook.site.language import SiteLanguage
from opsbook.site.render import macro
from opsbook.site.words import N_

TICKS = (
    (1, N_("1 min")),
    (10, N_("10 min")),
    (60, N_("1 h")),
    (6 * 60, N_("6 h")),
    (24 * 60, N_("1 day")),
    (7 * 24 * 60, N_("1 week")),
)
"""Minutes, and how the scale calls them."""

_TEMPLATE = "post_mortem/templates/durations.jinja"


@dataclass(frozen=True)
class Tick:
    """A place on the scale, in per cent, and what it is called."""

    x: float
    label: str

    @property
    def anchor(self) -> str:
        """Return which end of the label stands at the place, so that none leaves the picture."""
        return "start" if self.x <= 0 else "end" if self.x >= 100 else "middle"


def in_words(duration: timedelta | None, language: SiteLanguage) -> str:
    """Return a duration as a person says it.

    >>> [in_words(timedelta(minutes=m), SiteLanguage()) for m in (0, 27, 60, 1053, 3000)]
    ['under 1 min', '27 min', '1 h', '17 h 33 min', '2 d 2 h']
    >>> in_words(None, SiteLanguage())
    'not yet known'
    """
    if duration is None:
        return language.gettext("not yet known")
    minutes = int(duration.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if minutes < 1:
        return language.gettext("under 1 min")
    return language.duration(d=days, h=hours) if days else language.duration(h=hours, min=minutes % 60)


def span(post_mortems: Iterable[PostMortem]) -> float:
    """Return the minutes that the scale ends at: the first tick that no duration is past, an hour at least."""
    longest = max((_minutes(each, stage) or 0 for each in post_mortems for stage in STAGES), default=0)
    return next((minutes for minutes, _ in TICKS[2:] if minutes >= longest), longest)


def scale(end: float, language: SiteLanguage) -> Markup:
    """Return the names of the ticks of a line that ends after `end` minutes, to stand above the pictures."""
    return macro(_TEMPLATE, "scale", language)(_ticks(end))


def duration_svg(post_mortem: PostMortem, end: float, language: SiteLanguage) -> Markup:
    """Return when it was detected, mitigated and resolved, on a line that ends after `end` minutes."""
    minutes = ((stage, _minutes(post_mortem, stage)) for stage in STAGES[1:])
    places = [(stage, _place(value, end)) for stage, value in minutes if value is not None]
    return macro(_TEMPLATE, "picture")(duration_sentence(post_mortem, language), _ticks(end), places)


def key(stage: str) -> Markup:
    """Return the sign of a stage alone, to stand beside its name."""
    return macro(_TEMPLATE, "key")(stage)


SENTENCES = {
    "detected": N_("detected after %(time)s"),
    "mitigated": N_("mitigated after %(time)s"),
    "resolved": N_("resolved after %(time)s"),
}
"""What is said of each stage that is known."""


def duration_sentence(post_mortem: PostMortem, language: SiteLanguage) -> str:
    """Return the durations in words, as a screen reader says them."""
    known = [(stage, post_mortem.times.until(stage)) for stage in STAGES[1:]]
    return ", ".join(
        language.gettext(SENTENCES[stage], time=in_words(duration, language))
        for stage, duration in known
        if duration is not None
    )


def _minutes(post_mortem: PostMortem, stage: str) -> float | None:
    duration = post_mortem.times.until(stage)
    return duration.total_seconds() / 60 if duration is not None else None


def _ticks(end: float) -> list[Tick]:
    return [Tick(_place(minutes, end), label) for minutes, label in TICKS if minutes <= end]


def _place(minutes: float, end: float) -> float:
    """Return where a duration stands, in per cent. All that is shorter than the first tick stands at the start."""
    return 100 * math.log(max(minutes, 1)) / math.log(max(end, 60))


def stages() -> Sequence[str]:
    """Return the stages that have a duration."""
    return STAGES[1:]
