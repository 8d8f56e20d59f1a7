"""Compare names of alerts: whole ones in any spelling, and those of which a template shows only a part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opsbook.nouns.alert.helm import split_actions

_TELLING = 4
"""How many letters of a name must be known for a runbook to be found by them."""


def name_word(name: str) -> str:
    """Return a name in the form that all its spellings share.

    >>> name_word("Kube-Pod crash_looping")
    'kubepodcrashlooping'
    """
    return re.sub(r"[^a-z0-9]", "", name.lower())


@dataclass(frozen=True)
class NamePattern:
    """The known parts of a name, in the form that `name_word` gives: each but the last stands before an action."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> NamePattern:
        """Return the pattern of a name with actions in it."""
        return cls(tuple(name_word(part) for part in split_actions(name)))

    @property
    def is_telling(self) -> bool:
        """Return whether enough of the name is known to look for it."""
        return sum(map(len, self.parts)) >= _TELLING

    def fits(self, word: str) -> bool:
        """Return whether a whole name, in the form that `name_word` gives, may be the one that is meant.

        >>> [NamePattern(("", "storedown")).fits(word) for word in ("acmestoredown", "storedown", "storedowncritical")]
        [True, True, False]
        """
        first, *middle, last = self.parts if len(self.parts) > 1 else (*self.parts, "")
        if not word.startswith(first) or not word[len(first) :].endswith(last):
            return False
        at, end = len(first), len(word) - len(last)
        for part in middle:
            found = word.find(part, at, end)
            if found < 0:
                return False
            at = found + len(part)
        return at <= end
