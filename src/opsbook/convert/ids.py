"""Make short ids from titles: each is unique in a file, and the same for the same file every time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from opsbook.nouns.checklist.model import RESERVED_IDS
from opsbook.source.slugs import slug

_LONGEST = 80  # As `fields.Slug` allows.
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"^\s*(?:\d+[.)]|\d+(?:\.\d+)+\.?)\s+")
_FILLERS = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"))


def short_slug(title: str) -> str:
    """Return the slug of `title` without its parts in brackets, without its number and without small words."""
    bare = _NUMBER.sub("", _ASIDE.sub(" ", title))
    words = [word for word in bare.split() if word.lower() not in _FILLERS]
    return slug(" ".join(words)) or slug(title)


@dataclass
class TakenNames:
    """The ids that are taken. The first to ask for an id gets the shortest one."""

    taken: set[str] = field(default_factory=lambda: set(RESERVED_IDS))
    counters: dict[str, Iterator[int]] = field(default_factory=dict)

    def claim(self, title: str, *, kind: str, parent: str = "", prefix: str = "") -> str:
        """Return a new id for `title`: of its own words, else with those of its `parent`, else with a number.

        `kind` replaces a title without a letter or digit. `prefix` leads every id of its sort.
        """
        own = short_slug(title) or kind
        own = own if own.startswith(prefix) else prefix + own
        longer = f"{parent}-{own}"[:_LONGEST].rstrip("-") if parent else own
        if own in self.taken:
            own = longer if longer not in self.taken else self.numbered(longer[: _LONGEST - 10].rstrip("-"))
        self.taken.add(own)
        return own

    def numbered(self, name: str) -> str:
        """Return `name` with the next number that makes an id that is not taken."""
        numbers = self.counters.setdefault(name, itertools.count(2))
        return next(candidate for number in numbers if (candidate := f"{name}-{number}") not in self.taken)
