"""Hold what a site has before runbooks are brought into it: ids, alerts, owners and what rules say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from opsbook.convert.runbooks.rule_facts import AlertFacts


@dataclass(frozen=True)
class KnownSite:
    """What is there already: ids and alerts of runbooks, owners, what rules say, and where imported pages are now."""

    ids: Collection[str] = ()
    alerts: Collection[str] = ()
    owners: Collection[str] = ()
    owner: str = ""
    facts: Mapping[str, AlertFacts] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    """The file below `runbooks/` of each page that an earlier import has brought."""
