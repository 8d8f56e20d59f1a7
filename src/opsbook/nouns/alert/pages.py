"""Make the page of all alerts, and the permanent address of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.alert.rules import Alert
from opsbook.nouns.checklist.model import Owner
from opsbook.nouns.kind import Plan, Redirect, one
from opsbook.nouns.runbook.model import AlertSeverity, Runbook, alert_address, alerts
from opsbook.site.page import Page
from opsbook.site.render import render
from opsbook.site.text import plain


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the page of all alerts where a runbook names one."""
    if alerts(graph):
        yield one("runbooks", alerts_page, graph)


def redirects(graph: Graph) -> Iterator[Redirect]:
    """Yield the permanent address of each alert, which leads to its runbook."""
    for name, runbook in alerts(graph).items():
        yield Redirect(alert_address(name), graph.path(runbook), title=name, linked=plain(runbook.title))


def alerts_page(graph: Graph) -> Page:
    """Return the page of all alerts that a runbook answers, with their addresses and the files of their rules."""
    rows = [_row(name, runbook, graph) for name, runbook in alerts(graph).items()]
    body = render(
        "alert/templates/alerts.md",
        graph.index("alert"),
        graph,
        rows=rows,
        alert_address=alert_address,
        severities=_in_order({severity for row in rows for severity in row.severities}),
        owners=graph.by_id(Owner),
    )
    meta = {"hide": ["navigation", "toc"], "description": "Every alert and the runbook that answers it."}
    return Page(graph.index("alert"), "Alerts", body, meta)


@dataclass(frozen=True)
class _Row:
    """An alert as a row of the list."""

    name: str
    runbook: Runbook
    severities: tuple[str, ...]
    files: tuple[str, ...]


def _row(name: str, runbook: Runbook, graph: Graph) -> _Row:
    """Return the row of an alert. Its severities are those of its rules or, without any, that of its runbook."""
    rules = [rule for rule in graph.all(Alert) if rule.name == name]
    own = {runbook.severity.value} if runbook.severity else set()
    severities = _in_order({rule.severity for rule in rules if rule.severity} or own)
    return _Row(name, runbook, severities, tuple(sorted({rule.path for rule in rules})))


def _in_order(severities: Iterable[str]) -> tuple[str, ...]:
    """Return the severities: those that are known, from the gravest on, then the others."""
    known = [severity.value for severity in AlertSeverity]
    return tuple(sorted(severities, key=lambda word: (known.index(word) if word in known else len(known), word)))
