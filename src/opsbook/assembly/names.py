"""Say which names a site may give to what, and read those that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opsbook.nouns.checklist.model import Status
from opsbook.nouns.post_mortem.model import SECTIONS, IncidentSeverity
from opsbook.nouns.runbook.model import AlertSeverity, SectionName
from opsbook.nouns.service.model import TIERS
from opsbook.problems import did_you_mean
from opsbook.source.names import SiteNames

WORDS: Mapping[str, tuple[str, ...]] = {
    "sections": tuple(dict.fromkeys((*(each.value for each in SectionName), *SECTIONS))),
    "severities": tuple(each.value for each in AlertSeverity),
    "incident_severities": tuple(each.value for each in IncidentSeverity),
    "statuses": tuple(each.value for each in Status),
    "tiers": tuple(map(str, TIERS)),
}
"""The words of the engine that a site may name, by what they are called in its settings."""


def name_faults(given: object) -> Iterator[str]:
    """Yield what is wrong with the option `names`."""
    if not isinstance(given, Mapping):
        yield f"expected names by {', '.join(WORDS)}, such as `severities: {{P1: critical}}`"
        return
    for kind, names in given.items():
        if kind not in WORDS:
            yield f"nothing is called `{kind}`; {did_you_mean(str(kind), WORDS)}"
        elif not isinstance(names, Mapping):
            yield f"`{kind}` wants names, each with the word that it stands for; allowed: {', '.join(WORDS[kind])}"
        else:
            yield from _faults(str(kind), names)


def _faults(kind: str, names: Mapping[object, object]) -> Iterator[str]:
    for name, word in names.items():
        if not isinstance(name, str) or not name.strip() or "\n" in name:
            yield f"`{kind}`: `{name}` is no name; write a few words, in quotes where it is a number"
        elif str(word) not in WORDS[kind]:
            yield f"`{kind}`: `{name}` stands for `{word}`; {did_you_mean(str(word), WORDS[kind])}"
        elif name in WORDS[kind] and name != str(word):
            yield f"`{kind}`: `{name}` is a word of its own already, and cannot stand for `{word}`"


def names_from(given: object) -> SiteNames:
    """Return the names that the option `names` gives, which has no faults."""
    pairs = given.items() if isinstance(given, Mapping) else ()
    return SiteNames(tuple((kind, name, str(word)) for kind, names in pairs for name, word in names.items()))
