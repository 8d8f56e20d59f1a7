"""Tell which alerts of the rules do not lead to a runbook, by the report that `opsbook alerts` makes as well."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.alert.alert_problems import wrong_alerts
from opsbook.nouns.alert.alerts import AlertState, AlertVerdict, report
from opsbook.nouns.alert.collection import own_pages
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.runbook.model import AlertSeverity, ParsedRunbook, Runbook
from opsbook.problems import Problem
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.words import N_

NOTES = {
    AlertState.DEAD: N_("its link leads to no runbook"),
    AlertState.MISSING: N_("no runbook is for it"),
    AlertState.UNLINKED: N_("it does not link to its runbook"),
    AlertState.ELSEWHERE: N_("its link leads to another site"),
}
"""What is said of an alert in each state that a person should look at, the gravest first."""


def health(graph: Graph) -> Iterator[HealthEntry]:
    """Yield each alert of which the report says that it does not lead to a runbook."""
    files = graph.all(RuleFile)
    if files:
        for judged, problem in wrong_alerts(report(files, own_pages(graph.all(ParsedRunbook)))):
            yield _entry(judged, problem, graph)


def _entry(judged: AlertVerdict, problem: Problem, graph: Graph) -> HealthEntry:
    alert = judged.alert
    runbook = graph.by_id(Runbook).get(judged.runbook.id) if judged.runbook else None
    known = [severity.value for severity in AlertSeverity]
    urgency = known.index(alert.severity) if alert.severity in known else len(known)
    return HealthEntry(
        topic=Topic.ALERTS,
        title=alert.name,
        target=graph.path(runbook) if runbook else "",
        file=problem.path,
        line=problem.line,
        note=NOTES[judged.status],
        rank=list(NOTES).index(judged.status) * 10 + urgency,
    )
