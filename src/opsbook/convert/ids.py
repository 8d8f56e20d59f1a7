"""Make short ids from titles: each is unique in a file, and the same for the same file every time."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from opsbook.nouns.checklist.model import RESERVED_IDS

MAX_LENGTH = 40
_LONGEST = 80  # As `fields.Slug` allows.
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "ı": "i"})
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"^\s*(?:\d+[.)]|\d+(?:\.\d+)+\.?)\s+")
# Apostrophes, and the accents that no letter of their own holds: `i` with a second dot.
_ASIDE_SIGNS = re.compile("['\u2019`]|(?<=[a-z0-9])[\u0300-\u036f]+")
_JOINING = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f]")
_FILLERS = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"))


def slug(text: str, *, most: int = MAX_LENGTH) -> str:
    """Return `text` as a kebab-case id of at most `most` characters, cut between words; empty where nothing is left.

    Accents are taken from Latin letters; letters of other scripts stay as they are.

    >>> slug("Set up the CI/CD pipeline")
    'set-up-the-ci-cd-pipeline'
    >>> slug("Café naïve & Co."), slug("Настроить оповещения"), slug("监控：检查 面板")
    ('cafe-naive-co', 'настроить-оповещения', '监控-检查-面板')
    >>> slug("1\ufe0f%\u20e3 First"), slug("\u20e3")
    ('1-first', '')
    """
    plain = unicodedata.normalize("NFC", text.lower().translate(_FOLDED))
    letters = "".join(map(_plain, _JOINING.sub("", plain)))
    bare = _ASIDE_SIGNS.sub("", unicodedata.normalize("NFC", letters))
    parts = "".join(each if _is_of_word(each) else " " for each in bare).split()
    words = filter(None, map(_from_letter, parts))
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word[:most]
        if len(longer) > most:
            break
        result = longer
    return result


def _plain(character: str) -> str:
    """Return a Latin letter or a digit in its plain form, any other character as it is."""
    folded = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in folded if not unicodedata.combining(part))
    return bare.lower() if bare and bare.isascii() else character


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _from_letter(word: str) -> str:
    """Return `word` without the marks ahead of its first letter or digit, which an id cannot begin with."""
    return word[next((at for at, each in enumerate(word) if unicodedata.category(each)[0] != "M"), len(word)) :]


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
