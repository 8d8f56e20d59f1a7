"""Cut text into the words that the search compares. `workers/tokens.js` cuts what people type in the same way.

Letters lose their case and accents. A name such as `KubePodNotReady` or `nf_conntrack` is found whole and by each of
its pieces. Scripts that put no space between words are cut into pairs of signs, so that any part is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)*(?![^\W_])|[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_PIECE = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+[a-z]*")
LONGEST = 60
"""More letters than this are a checksum or a key, which nobody types."""


def fold(text: str) -> str:
    """Return `text` without case and accents.

    >>> fold("Größe ｋ８ｓ Café")
    'grosse k8s cafe'
    """
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower()))
    return unicodedata.normalize("NFC", plain).replace("ß", "ss")


def _words_of(text: str) -> Iterator[str]:
    """Yield each run of letters and digits of `text` as it is written; numbers keep their points."""
    for found in _WORD.findall(text):
        if len(found) <= LONGEST:
            yield found


def tokens_of(text: str) -> Iterator[str]:
    """Yield the words of `text` as they are compared.

    >>> list(tokens_of("KubePodNotReady since 1.29"))
    ['kubepodnotready', 'kube', 'pod', 'not', 'ready', 'podnotready', 'notready', 'since', '1.29']
    >>> list(tokens_of("証明書"))
    ['証明', '明書']
    """
    for word in _words_of(text):
        yield from tokens_of_word(word)


def tokens_of_word(word: str) -> Iterator[str]:
    """Yield the tokens of one run of letters and digits."""
    folded = fold(word)
    if word.isascii():
        pieces = [piece.lower() for piece in name_pieces(word)]
        yield folded
        yield from pieces
        yield from ("".join(pieces[first:]) for first in range(1, len(pieces) - 1))
        return
    at = 0
    for found in _UNSPACED.finditer(folded):
        yield from _plain(folded[at : found.start()])
        signs = found.group()
        yield from (signs[here : here + 2] for here in range(max(len(signs) - 1, 1)))
        at = found.end()
    yield from _plain(folded[at:])


def name_pieces(word: str) -> list[str]:
    """Return the pieces of a name in camel case, none where it has but one.

    >>> name_pieces("KubeAPIDown")
    ['Kube', 'API', 'Down']
    """
    found = [] if word == word.lower() else _PIECE.findall(word)
    return found if len(found) > 1 else []


def _plain(text: str) -> Iterator[str]:
    if text:
        yield text
