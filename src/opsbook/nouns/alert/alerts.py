"""Find the alerts without a runbook, the links that lead nowhere, and the runbooks whose alert no rule has.

A link is judged only where it must lead to one of the runbooks: below the base address. Without one, the base is what
the links that do lead to a runbook have in common. A link to elsewhere is reported as such and never called dead. Of a
template, what is known is judged: a literal link whatever the name is, a literal name, and the literal part of either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from opsbook.nouns.alert.addresses import address_path, find_bases, form_of, has_no_host
from opsbook.nouns.alert.collection import NamedAlert, RunbookPage
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.name_patterns import NamePattern, name_word
from opsbook.nouns.alert.rule_nodes import Alert
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.alert.runbook_index import RunbookIndex
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
    unsure: int = 0
    """How many runbooks are not called orphaned only because the names of some alerts are not known."""

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
    found = find_bases(alerts, pages)
    # A template's value may stand for the base, and a path may lead to the same page, so these are looked up too.
    bases = (address_path(base), *filter(has_no_host, found)) if base else found
    book = RunbookIndex(pages, bases, versions)
    judged = tuple(_judge(alert, book) for alert in alerts)
    judged = tuple(_with_links(judged, book, base)) if base else judged
    orphans, unsure = _orphans(judged, pages, known)
    return AlertReport(judged, orphans, versions, unsure)


def _judge(alert: Alert, book: RunbookIndex) -> AlertVerdict:
    """Return the state of the alert and its runbook: the page that it links to or, without one, that of its name."""
    named = book.runbook(alert)
    if not alert.url:
        without = AlertState.UNKNOWN if has_action(alert.name) else AlertState.MISSING
        return AlertVerdict(alert, AlertState.UNLINKED if named else without, named, None)
    where, page = book.linked(alert)
    if where == "elsewhere" and named:
        return AlertVerdict(alert, AlertState.UNLINKED, named, None)
    return AlertVerdict(alert, _STATES[where], page or named, None)


_STATES = {
    "page": AlertState.LINKED,
    "nowhere": AlertState.DEAD,
    "elsewhere": AlertState.ELSEWHERE,
    "unknown": AlertState.UNKNOWN,
}


def _with_links(judged: Sequence[AlertVerdict], book: RunbookIndex, base: str) -> Iterator[AlertVerdict]:
    """Yield each alert with the link that it should carry: below `base`, in the form of the links that work."""
    good = [(entry.alert.url or "", entry.runbook) for entry in judged if entry.status is AlertState.LINKED]
    form = form_of(base, ((url, page) for url, page in good if page and not has_no_host(address_path(url))))
    for entry in judged:
        link = book.link(entry.alert, entry.runbook, base, form) if entry.runbook else None
        if entry.status is AlertState.LINKED and not (entry.runbook and entry.runbook.names(entry.alert.name)):
            link = entry.alert.url  # Somebody else's page, or a runbook that has no address for this alert.
        yield replace(entry, annotation=link)


def _orphans(
    judged: Sequence[AlertVerdict], pages: Sequence[RunbookPage], known: Collection[str]
) -> tuple[tuple[Orphan, ...], int]:
    """Return the runbooks whose alert no rule has, and how many more may be such: names of rules are not all known."""
    names = {entry.alert.name.lower() for entry in judged} | {name.lower() for name in known}
    patterns = {NamePattern.of(entry.alert.name) for entry in judged if has_action(entry.alert.name)}
    linked = {entry.runbook.path for entry in judged if entry.runbook and entry.status is AlertState.LINKED}
    orphans: list[Orphan] = []
    unsure = 0
    for page in pages:
        for alert in page.alerts:
            # Somebody else's page names an alert only by its own name; a link to it shows that it is in use.
            is_used = page.path in linked and not page.is_own and len(page.alerts) == 1
            if alert.name.lower() in names or is_used:
                continue
            if any(pattern.fits(name_word(alert.name)) for pattern in patterns):
                unsure += 1
            else:
                orphans.append(Orphan(page, alert))
    return tuple(orphans), unsure
