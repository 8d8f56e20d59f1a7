"""Keep a runbook with the page that it was read from, sort runbooks, and find the runbook of an alert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.runbook.model.header import AlertSeverity
from opsbook.nouns.runbook.model.steps import Runbook
from opsbook.site.text import plain
from opsbook.source.markdown import Markdown


@dataclass(frozen=True)
class ParsedRunbook:
    """A runbook and the page that it was read from."""

    runbook: Runbook
    page: Markdown

    @property
    def anchors(self) -> frozenset[str]:
        """Return the anchors that a link into the page may name."""
        return frozenset(heading.anchor for heading in self.page.headings)


def alerts(graph: Graph) -> Mapping[str, Runbook]:
    """Return the runbook of each alert by the alert's name, in alphabetical order."""
    found = {alert: runbook for runbook in graph.all(Runbook) for alert in runbook.alerts}
    return dict(sorted(found.items()))


def alert_address(name: str) -> str:
    """Return the permanent address of an alert, which leads to its runbook: the one for its `runbook_url`."""
    return f"alerts/{name}/"


def most_urgent_first(runbooks: Iterable[Runbook]) -> Sequence[Runbook]:
    """Return `runbooks` by severity, then by title; drafts without a severity come last."""
    order = [*AlertSeverity, None]
    return sorted(runbooks, key=lambda runbook: (order.index(runbook.severity), plain(runbook.title).lower()))
