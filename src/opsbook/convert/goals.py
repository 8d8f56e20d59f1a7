"""Match a goal to the area, group or item that it names, only where the match is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from opsbook.nouns.checklist.model import Area, Group, Item

_FILLERS = frozenset(
    (
        *("a", "an", "and", "basic", "add", "configure", "create", "define", "enable", "ensure", "for", "full", "in"),
        *("implement", "initial", "of", "on", "our", "setup", "set", "the", "to", "up", "use", "with", "your"),
    )
)
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class _Target:
    """Something that a goal may mean: the words of its title, those outside brackets, and how many a goal must name."""

    id: str
    words: frozenset[str]
    bare: frozenset[str]
    least: int


@dataclass(frozen=True)
class GoalTargets:
    """Everything that goals may mean: areas, then groups, then items."""

    kinds: tuple[tuple[_Target, ...], ...]

    @classmethod
    def of(cls, areas: Sequence[Area]) -> GoalTargets:
        """Return the targets in `areas`. A single word is enough for an area or a group only."""
        groups = [group for area in areas for group in area.groups]
        items = [item for area in areas for item in area.walk()]
        return cls((_targets(areas, 1), _targets(groups, 1), _targets(items, 2)))

    def find(self, goal: str) -> tuple[str, ...]:
        """Return the one id that `goal` means, or nothing.

        A target is meant when its title has all words of the goal; of several, the one that has no other words.
        """
        for words in (_words(goal), _words(_ASIDE.sub(" ", goal))):
            for kind in self.kinds:
                if words and (found := _match(words, kind)):
                    return (found,)
        return ()


def _targets(nodes: Sequence[Area | Group | Item], least: int) -> tuple[_Target, ...]:
    return tuple(_Target(node.id, _words(node.title), _words(_ASIDE.sub(" ", node.title)), least) for node in nodes)


def _match(words: frozenset[str], targets: Sequence[_Target]) -> str | None:
    hits = [target for target in targets if len(words) >= target.least and words <= target.words]
    exact = [target for target in hits if words == target.bare]
    for found in (exact, hits):
        if len(found) == 1:
            return found[0].id
    return None


def _words(title: str) -> frozenset[str]:
    """Return the words of `title` that carry meaning, in the singular."""
    words = re.findall(r"[^\W_]+", title.lower())
    return frozenset(_singular(word) for word in words if word not in _FILLERS)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
