"""Choose the keys of an imported runbook, out of its old front matter, its name and the rules of its alerts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from opsbook.convert.runbooks.foreign_front import ForeignKey
from opsbook.convert.runbooks.foreign_page import ConvertedPage
from opsbook.convert.runbooks.front_text import RunbookKeys, severity_of
from opsbook.convert.runbooks.known_site import KnownSite
from opsbook.convert.runbooks.new_names import NewNames
from opsbook.convert.runbooks.rule_facts import AlertFacts
from opsbook.problems import Problem, Severity
from opsbook.source.slugs import slug

_ALERT = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True)
class NewKeys:
    """The keys, what else is said of the page in comments, and what is wrong with it."""

    keys: RunbookKeys
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def new_keys(page: ConvertedPage, id: str, plain: str, names: NewNames, known: KnownSite) -> NewKeys:
    """Return the keys of the runbook `id`, which was `page`, and take its alerts and its old address, of `plain`."""
    front, found = page.source.front, _alerts(page, id, names, known)
    facts = found.facts
    severity = front.first("severity", "priority", "level")
    summary = front.first("summary", "description")
    owner = front.first("owner", "team", "owners")
    keys = RunbookKeys(
        id=id,
        title=page.title,
        alerts=tuple(found.names),
        severity=severity_of(_value(severity)) or severity_of(facts.severity if facts else ""),
        summary=_summary(_value(summary)) or (facts.summary if facts else ""),
        owner=next((each for each in (slug(_value(owner)), known.owner) if each and each in known.owners), ""),
        aliases=names.aliases(plain, id),
    )
    return NewKeys(keys, tuple(found.notes), tuple(found.problems))


@dataclass
class _Alerts:
    names: list[str] = field(default_factory=list)
    facts: AlertFacts | None = None
    """What the rules of the first alert say."""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _alerts(page: ConvertedPage, id: str, names: NewNames, known: KnownSite) -> _Alerts:
    """Return the alerts that lead to the page: those that it names, else one of a rule that is called as the page."""
    found = _Alerts()
    for name in dict.fromkeys(page.alerts or (id, page.title)):
        of_rules = known.facts.get(name.lower())
        found.facts = found.facts or of_rules
        if not (name in page.alerts or of_rules):
            continue
        said = of_rules.name if of_rules else name
        if not _ALERT.fullmatch(said):
            found.notes.append(f"alert: {said}")
        elif names.takes_alert(said):
            found.names.append(said)
        else:
            found.notes.append(f"alert: {said}, which leads to another runbook")
            message = f"the alert `{said}` leads to another runbook already"
            found.problems.append(Problem(page.source.path, 0, 0, message, Severity.WARNING))
    return found


def _value(key: ForeignKey | None) -> str:
    return key.values[0] if key and len(key.values) == 1 else ""


def _summary(text: str) -> str:
    one = text.strip()
    return one if one and len(one) <= 300 and "\n" not in one else ""
