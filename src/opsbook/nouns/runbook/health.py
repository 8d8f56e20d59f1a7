"""Tell what a person should look at in the runbooks: reviews, waivers, drafts, and those that no alert leads to."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Owner
from opsbook.nouns.runbook.model import AlertSeverity, ParsedRunbook, Runbook
from opsbook.site.health import HealthEntry, Topic
from opsbook.site.words import N_


def health(graph: Graph) -> Iterator[HealthEntry]:
    """Yield the entries of all runbooks."""
    for source in graph.all(ParsedRunbook):
        yield from _entries(source, graph)


def _entries(source: ParsedRunbook, graph: Graph) -> Iterator[HealthEntry]:
    runbook, front = source.runbook, source.page.front

    def entry(topic: Topic, *at: str | int, **more: object) -> HealthEntry:
        line = front.position(at).line if front else 0
        target, rank = graph.path(runbook), _rank(runbook)
        said = {"title": runbook.title, "target": target, "file": runbook.path, "line": line, "rank": rank, **more}
        return HealthEntry(topic=topic, **said)  # type: ignore[arg-type] # Its own fields by name.

    owner = graph.by_id(Owner).get(runbook.owner or "")
    if day := runbook.accepted_until:
        whose = (owner.title,) if owner else ()
        yield entry(Topic.REVIEWS, "reviewed", day=day, note=N_("runbook"), details=whose)
    for index, waiver in enumerate(runbook.waivers):
        details = (waiver.rule, waiver.reason)
        yield entry(Topic.WAIVERS, "waivers", index, "until", day=waiver.until, note=N_("rule"), details=details)
    if runbook.is_draft:
        yield entry(Topic.DRAFTS, "status", note=N_("runbook"))
    if owner is None:
        yield entry(Topic.OWNERS, note=N_("runbook"))
    if not runbook.alerts:
        yield entry(Topic.UNNAMED)


def _rank(runbook: Runbook) -> int:
    return list(AlertSeverity).index(runbook.severity) if runbook.severity else len(AlertSeverity)
