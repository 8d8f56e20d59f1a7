"""The phases and their goals in, a Gantt picture as SVG out; colours come from the site's style sheet."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from opsbook.nouns.checklist.model import Checklist, Progress, Weeks, progress
from opsbook.nouns.checklist.model.roadmap import goal_items, phase_items
from opsbook.problems import counted
from opsbook.site.charts import progress_sentence, svg_length
from opsbook.site.page import relative
from opsbook.site.text import plain

LABELS, WIDTH, TOP = 220, 760, 34
PHASE_ROW, GOAL_ROW, GAP = 30, 22, 14


def gantt(checklist: Checklist, targets: Mapping[str, str], source: str) -> Markup:
    """The picture of all phases that have weeks; `targets` gives the page that a phase links to from `source`."""
    phases = [phase for phase in checklist.phases if phase.span]
    if not phases:
        return Markup("")
    last = max(phase.span.last for phase in phases if phase.span)
    week = (WIDTH - LABELS) / last
    rows: list[Markup] = []
    y = TOP
    for phase in phases:
        span = phase.span or Weeks(first=1, last=1)
        counts = progress(phase_items(checklist, phase))
        link = Markup('<a href="{}">{}</a>').format(relative(source, targets[phase.id]), _label(phase.title, y + 20, 0))
        rows += [link, _bar(span, week, y + 4, 22, counts, "phase")]
        y += PHASE_ROW
        for goal in phase.goals:
            counts = progress(goal_items(checklist, goal))
            rows += [_label(goal.title, y + 14, 14), _bar(span, week, y + 4, 12, counts, "goal")]
            y += GOAL_ROW
        y += GAP
    grid = [_week(k, week, y) for k in range(last)]
    return Markup(
        '<svg class="ob-gantt__picture" role="group" aria-label="Roadmap over {weeks}" '
        'viewBox="0 0 {width} {height}" data-weeks="{last}" data-left="{left}">{grid}{rows}</svg>'
    ).format(
        weeks=counted(last, "week"),
        last=last,
        width=WIDTH,
        height=y,
        left=LABELS,
        grid=Markup("").join(grid),
        rows=Markup("").join(rows),
    )


def _label(text: str, y: int, indent: int) -> Markup:
    kind = "goal" if indent else "phase"
    return Markup('<text class="ob-gantt__{}" x="{}" y="{}">{}</text>').format(kind, indent, y, plain(text))


def _week(index: int, week: float, bottom: int) -> Markup:
    x = LABELS + index * week
    stripe = Markup('<rect class="ob-gantt__stripe" x="{}" y="24" width="{}" height="{}"/>')
    shade = stripe.format(svg_length(x), svg_length(week), bottom - 24) if index % 2 else Markup("")
    return shade + Markup('<text class="ob-gantt__week" x="{}" y="16" text-anchor="middle">{}</text>').format(
        svg_length(x + week / 2), index + 1
    )


def _bar(span: Weeks, week: float, y: int, height: int, counts: Progress, kind: str) -> Markup:
    x, width = LABELS + (span.first - 1) * week + 3, (span.last - span.first + 1) * week - 6
    done = width * (counts.done / counts.total if counts.total else 1)
    return Markup(
        '<g class="ob-gantt__bar ob-gantt__bar--{kind}" role="img" aria-label="{label}">'
        '<rect class="ob-bar__rest" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>'
        '<rect class="ob-bar__done" x="{x}" y="{y}" width="{done}" height="{height}" rx="3"/>'
        "<title>{label}</title></g>"
        '<text class="ob-gantt__count" x="{end}" y="{base}" text-anchor="end">{count}/{total}</text>'
    ).format(
        kind=kind,
        label=progress_sentence(counts),
        x=svg_length(x),
        y=y,
        width=svg_length(width),
        height=height,
        done=svg_length(done),
        end=svg_length(x + width - 6),
        base=y + height / 2 + 4,
        count=counts.done,
        total=counts.total,
    )
