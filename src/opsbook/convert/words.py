"""Gather the words of a checklist: its owners, its priorities, efforts and levels, in one spelling and in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opsbook.convert.outline import OutlineSection, OutlineTraits
from opsbook.nouns.checklist.model import Standard
from opsbook.nouns.checklist.model.whole import Owner
from opsbook.source.slugs import slug

_ORDER = (
    *(
        "blocker",
        "critical",
        "kritisch",
        "critique",
        "essential",
        "mandatory",
        "required",
        "must",
        "highest",
        "p0",
        "p1",
    ),
    *("high", "hoch", "haute", "alta", "alto", "élevée", "important", "recommended", "should", "major", "p2"),
    *("medium", "moderate", "normal", "mittel", "moyenne", "media", "médio", "média", "could", "p3"),
    *("low", "niedrig", "basse", "faible", "baja", "bajo", "baixa", "minor", "optional", "nice to have", "p4"),
    *("lowest", "advanced", "trivial", "none"),
)
_MOST = 12
"""The most words of one kind that are declared; a column of more holds something else than a scale."""
_STANDARDS = (
    ("OSPS-", "osps-baseline", "OSPS Baseline", "https://baseline.openssf.org/"),
    ("CWE-", "cwe", "Common Weakness Enumeration", "https://cwe.mitre.org/"),
    ("WSTG-", "wstg", "OWASP Web Security Testing Guide", "https://owasp.org/www-project-web-security-testing-guide/"),
    ("MASVS-", "masvs", "OWASP MASVS", "https://mas.owasp.org/MASVS/"),
)


@dataclass(frozen=True)
class ChecklistWords:
    """The words of a checklist by their form without case, and the owners by their names."""

    owner_ids: Mapping[str, str]
    owners: tuple[Owner, ...]
    spelling: Mapping[str, str]
    priorities: tuple[str, ...]
    efforts: tuple[str, ...]
    levels: tuple[str, ...]
    standards: tuple[Standard, ...]

    @classmethod
    def of(cls, outline: OutlineSection) -> ChecklistWords:
        """Return the words in `outline`."""
        traits = [entry.traits for entry in outline.all_entries()]
        facts = [entry.facts for entry in outline.all_entries()]
        spelling: dict[str, str] = {}
        for each in traits:
            for word in (each.priority, each.effort, each.level):
                spelling.setdefault(word.casefold(), word)
        owners = dict(_owners(dict.fromkeys(each.owner for each in traits if each.owner)))
        ids = {control for each in traits for control in each.maps}
        return cls(
            owners,
            tuple(Owner(id=id, title=name) for name, id in owners.items()),
            spelling,
            () if any(each.priority for each in facts) else _scale(_spelt(spelling, traits, "priority"), _urgency),
            () if any(each.effort for each in facts) else _scale(_spelt(spelling, traits, "effort"), _size),
            () if any(each.level for each in facts) else _scale(_spelt(spelling, traits, "level"), _size),
            tuple(
                Standard(id=id, title=title, url=url, prefix=prefix)
                for prefix, id, title, url in _STANDARDS
                if any(control.startswith(prefix) for control in ids)
            ),
        )

    def owner_id(self, name: str) -> str | None:
        """Return the id of the owner with this name; None for no name."""
        return self.owner_ids.get(name)

    def priority(self, word: str) -> str | None:
        """Return a priority as it is spelt here; None for none."""
        return self.spelling[word.casefold()] or None

    effort = level = priority


def _spelt(spelling: Mapping[str, str], traits: Iterable[OutlineTraits], name: str) -> Iterable[str]:
    return (spelling[getattr(each, name).casefold()] for each in traits)


def _owners(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    taken: set[str] = set()
    for name in names:
        own = slug(name) or "owner"
        id = next(each for each in (own, *(f"{own}-{n}" for n in range(2, 10_000))) if each not in taken)
        taken.add(id)
        yield name, id


def _scale(words: Iterable[str], rank: Callable[[str], Any]) -> tuple[str, ...]:
    found = list(dict.fromkeys(word for word in words if word))
    return tuple(sorted(found, key=rank)) if len(found) <= _MOST else ()


def _urgency(word: str) -> int:
    bare = re.split(r"[\s(:/-]", word.casefold())[0]
    return _ORDER.index(word.casefold()) if word.casefold() in _ORDER else _ORDER.index(bare) if bare in _ORDER else 99


def _size(word: str) -> tuple[float, str]:
    sizes = ("xs", "s", "small", "low", "m", "medium", "l", "large", "high", "xl", "xxl")
    number = re.search(r"\d+(?:\.\d+)?", word)
    if number:
        return float(number.group()), word
    return (float(sizes.index(word.casefold())), "") if word.casefold() in sizes else (99.0, "")
