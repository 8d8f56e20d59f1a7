"""Add the words that people type for a phrase and that the index would not find in it.

It is for the searches of others, such as those of Backstage and Zensical. They match the beginning of each word and
ignore case. So `kubepodcrash` finds `KubePodCrashLooping`, but `crash looping` and `podcrashlooping` do not; `certif`
finds `certificate expires`, but `certificates expiring` does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_CHUNK = re.compile(r"[A-Za-z0-9_]+")
_PIECE = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+[a-z]*")
_ENDING = re.compile(r"(?:ing|ies|ed|es|s|e|y)$")
SHORTEST_STEM = 3


def page_words(title: str, meta: Mapping[str, Any]) -> str:
    """Return all words that find a page: those of its title, of its tags, and of what its front matter asks for."""
    asked = (meta.get("search") or {}).get("words") or []
    return search_words(map(str, (title, *(meta.get("tags") or []), *asked)))


def search_words(phrases: Iterable[str]) -> str:
    """Return all words for `phrases`, each once, in the order of their first use.

    >>> search_words(["KubeAPIDown"])
    'kubeapidown apidown kube kubes kubed kubing api down downs downed downing'
    """
    found = dict.fromkeys(word for phrase in phrases for chunk in _CHUNK.findall(phrase) for word in _words(chunk))
    return " ".join(found)


def _words(chunk: str) -> Iterator[str]:
    """Yield the words of one run of letters: from each of its pieces to the end, and the forms of each piece."""
    pieces = [piece.lower() for piece in _PIECE.findall(chunk)]
    for first in range(len(pieces) - 1):
        yield "".join(pieces[first:])
    for piece in pieces:
        yield from forms(piece)


def forms(word: str) -> tuple[str, ...]:
    """Return `word` in its forms as a noun and as a verb. A form that does not exist only costs a few bytes.

    >>> forms("expiring")
    ('expiring', 'expires', 'expired')
    >>> forms("policy")
    ('policy', 'policies')
    """
    stem = _ENDING.sub("", word)
    if not word.isalpha() or len(stem) < SHORTEST_STEM or len(word) <= SHORTEST_STEM:
        return (word,)
    if word.endswith(("y", "ies")):
        return (word, f"{stem}ies")
    is_bare = stem == word or (word.endswith("s") and not word.endswith("es"))
    plural = f"{stem}s" if is_bare else f"{stem}es"
    return tuple(dict.fromkeys((word, plural, f"{stem}ed", f"{stem}ing")))
