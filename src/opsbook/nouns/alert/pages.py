"""The page of all alerts. Where each one leads is in `redirects`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opsbook.graph import Handbook
from opsbook.nouns.runbook.header import AlertSeverity
from opsbook.nouns.runbook.model import Runbook
from opsbook.site import paths
from opsbook.site.page import Page
from opsbook.site.render import render


def alerts_page(handbook: Handbook) -> Page:
    """Every alert that a runbook answers, with its permanent address and the files that define it."""
    rows = [_row(name, runbook, handbook) for name, runbook in handbook.alerts.items()]
    body = render(
        "alert/templates/alerts.md",
        paths.ALERTS,
        rows=rows,
        severities=_in_order({severity for row in rows for severity in row.severities}),
        owners=handbook.owners,
        paths=paths,
    )
    meta = {"hide": ["navigation", "toc"], "description": "Every alert and the runbook that answers it."}
    return Page(paths.ALERTS, "Alerts", body, meta)


@dataclass(frozen=True)
class _Row:
    """An alert as the list shows it."""

    name: str
    runbook: Runbook
    severities: tuple[str, ...]
    files: tuple[str, ...]


def _row(name: str, runbook: Runbook, handbook: Handbook) -> _Row:
    """What its rules say; an alert whose rule is kept elsewhere has the severity of its runbook."""
    rules = [rule for rule in handbook.rules if rule.name == name]
    severities = _in_order({rule.severity for rule in rules if rule.severity} or {runbook.severity.value})
    return _Row(name, runbook, severities, tuple(sorted({rule.path for rule in rules})))


def _in_order(severities: Iterable[str]) -> tuple[str, ...]:
    """The ones that we know from the gravest on, then the others."""
    known = [severity.value for severity in AlertSeverity]
    return tuple(sorted(severities, key=lambda word: (known.index(word) if word in known else len(known), word)))
