"""Lay out the picture of the roadmap: where each week, phase and goal stands. `templates/gantt.jinja` has its SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opsbook.nouns.checklist.model import Checklist, Progress, progress
from opsbook.nouns.checklist.model.roadmap import goal_items, phase_items

LABELS, WIDTH, TOP = 220, 760, 34
PHASE_ROW, GOAL_ROW, GAP = 30, 22, 14


@dataclass(frozen=True)
class ChartWeek:
    """The column of one week."""

    number: int
    x: float
    width: float

    @property
    def is_shaded(self) -> bool:
        """Return whether the column is shaded, as every other one is."""
        return self.number % 2 == 0


@dataclass(frozen=True)
class ChartRow:
    """The name of a phase or a goal, and its bar. `x` and `y` are the bar's upper left corner."""

    title: str
    counts: Progress
    x: float
    y: int
    width: float
    target: str | None = None
    """The page of a phase. None for a goal, which has no page."""

    @property
    def kind(self) -> str:
        """Return the word in the classes of the row."""
        return "phase" if self.target else "goal"

    @property
    def indent(self) -> int:
        """Return how far right of the edge the name begins."""
        return 0 if self.target else 14

    @property
    def height(self) -> int:
        """Return the height of the bar."""
        return 22 if self.target else 12

    @property
    def baseline(self) -> int:
        """Return the line that the name stands on."""
        return self.y + (16 if self.target else 10)

    @property
    def middle(self) -> float:
        """Return the line that the count in the bar stands on."""
        return self.y + self.height / 2 + 4

    @property
    def done(self) -> float:
        """Return the width of the done part of the bar. With nothing to do, all is done."""
        return self.width * (self.counts.done / self.counts.total if self.counts.total else 1)


@dataclass(frozen=True)
class Chart:
    """The whole picture. The columns of the weeks begin at `left`; without weeks there are no rows."""

    weeks: tuple[ChartWeek, ...]
    rows: tuple[ChartRow, ...]
    height: int
    width: int = WIDTH
    left: int = LABELS


def roadmap_chart(checklist: Checklist, targets: Mapping[str, str]) -> Chart:
    """Return the picture of all phases that have weeks; `targets` has the page of each phase by its id."""
    spans = [(phase, phase.span) for phase in checklist.phases if phase.span]
    last = max((span.last for _, span in spans), default=0)
    if not last:
        return Chart((), (), 0)
    week = (WIDTH - LABELS) / last
    rows: list[ChartRow] = []
    y = TOP
    for phase, span in spans:
        x, width = LABELS + (span.first - 1) * week + 3, (span.last - span.first + 1) * week - 6
        counts = progress(phase_items(checklist, phase))
        rows.append(ChartRow(phase.title, counts, x, y + 4, width, targets[phase.id]))
        y += PHASE_ROW
        for goal in phase.goals:
            rows.append(ChartRow(goal.title, progress(goal_items(checklist, goal)), x, y + 4, width))
            y += GOAL_ROW
        y += GAP
    return Chart(tuple(ChartWeek(index + 1, LABELS + index * week, week) for index in range(last)), tuple(rows), y)
