"""Find the alerts without a runbook, the links that lead nowhere, and the runbooks whose alert no rule has.

A link is judged only where it must lead to one of the runbooks: below the base address. Without one, the base is what
the links that do lead to a runbook have in common. A link to elsewhere is reported as such and never called dead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote

from opsbook.nouns.alert.addresses import address_path, find_bases, route_of
from opsbook.nouns.alert.annotations import annotation_url
from opsbook.nouns.alert.collection import NamedAlert, RunbookPage
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rule_nodes import Alert
from opsbook.nouns.alert.rules import RuleFile
from opsbook.source.sitefile import VersionedSite


class AlertState(Enum):
    """Whether an alert links to its runbook, and if not, why."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    ELSEWHERE = "elsewhere"
    MISSING = "missing"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class AlertVerdict:
    """An alert, its state, its runbook where it has one, and the link that it should carry."""

    alert: Alert
    status: AlertState
    runbook: RunbookPage | None
    annotation: str | None


@dataclass(frozen=True)
class Orphan:
    """A runbook and an alert that it names but no rule has."""

    runbook: RunbookPage
    alert: NamedAlert


@dataclass(frozen=True)
class AlertReport:
    """The state of each alert of some rules, and the runbooks whose alerts are gone."""

    alerts: tuple[AlertVerdict, ...]
    orphans: tuple[Orphan, ...]
    versions: VersionedSite | None = None
    """How the site is published, if it has versions."""

    def having(self, status: AlertState) -> tuple[AlertVerdict, ...]:
        """Return the alerts in the state `status`."""
        return tuple(judged for judged in self.alerts if judged.status is status)


def report(
    files: Sequence[RuleFile],
    pages: Sequence[RunbookPage],
    *,
    base: str | None = None,
    known: Collection[str] = (),
    versions: VersionedSite | None = None,
) -> AlertReport:
    """Return the report on the alerts of `files` and the runbooks `pages`.

    `base` is the address below which the runbooks are, and from which the right links are made; `known` are alerts of
    rules that are not in `files`. On a site with `versions`, a link without one is dead.
    """
    alerts = [alert for file in files for alert in file.alerts]
    bases = (address_path(base),) if base else find_bases(alerts, pages)
    book = _RunbookIndex(pages, bases, versions)
    judged = tuple(book.judge(alert, base) for alert in alerts)
    return AlertReport(judged, tuple(_orphans(judged, pages, known)), versions)


class _RunbookIndex:
    """An index of the runbooks by address and by alert."""

    def __init__(
        self, pages: Sequence[RunbookPage], bases: Collection[str], versions: VersionedSite | None = None
    ) -> None:
        self.versions = versions
        self.bases = tuple(sorted(bases, key=len, reverse=True))
        self.routes = {route: page for page in reversed(pages) for route in page.routes}
        self.by_alert = {_word(name): page for page in reversed(pages) for name in page.headings}
        self.by_alert |= {_word(alert.name): page for page in reversed(pages) for alert in page.alerts}

    def judge(self, alert: Alert, base: str | None) -> AlertVerdict:
        runbook = self.by_alert.get(_word(alert.name))
        status, linked = self.status(alert, runbook)
        runbook = linked or runbook
        annotation = annotation_url(alert, runbook.variables, base) if runbook and runbook.is_own and base else None
        return AlertVerdict(alert, status, runbook, annotation)

    def status(self, alert: Alert, runbook: RunbookPage | None) -> tuple[AlertState, RunbookPage | None]:
        """Return the state of the alert, and the page that its link leads to."""
        if has_action(alert.name):
            return AlertState.UNKNOWN, None
        if not alert.url:
            return (AlertState.UNLINKED if runbook else AlertState.MISSING), None
        if self.versions and self.versions.lacks_alias(alert.url):
            return AlertState.DEAD, None
        address = address_path(alert.url)
        route = self.route(address)
        if has_action(route if route is not None else address):
            return AlertState.UNKNOWN, None
        if route is None:
            return (AlertState.UNLINKED if runbook else AlertState.ELSEWHERE), None
        page = self.routes.get(route)
        anchor = unquote(alert.url.partition("#")[2])
        if page is None or (anchor and not has_action(anchor) and anchor.lower() not in _lower(page.anchors)):
            return AlertState.DEAD, None
        return AlertState.LINKED, page

    def route(self, address: str) -> str | None:
        """Return the part of an address below the first base that matches; None where none does."""
        for base in self.bases:
            if address == base or address.startswith(f"{base}/"):
                return route_of(address[len(base) :])
        return None


def _orphans(judged: Sequence[AlertVerdict], pages: Sequence[RunbookPage], known: Collection[str]) -> Iterator[Orphan]:
    names = {entry.alert.name.lower() for entry in judged} | {name.lower() for name in known}
    linked = {entry.runbook.path for entry in judged if entry.runbook and entry.status is AlertState.LINKED}
    for page in pages:
        for alert in page.alerts:
            # Somebody else's page names an alert only by its own name; a link to it shows that it is in use.
            is_used = page.path in linked and not page.is_own and len(page.alerts) == 1
            if alert.name.lower() not in names and not is_used:
                yield Orphan(page, alert)


def _word(name: str) -> str:
    """Return a name in the form that all its spellings share, such as `kubepodcrashlooping`."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _lower(words: Collection[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
