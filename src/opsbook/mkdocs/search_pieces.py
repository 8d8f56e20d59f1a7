"""Divide the index of the search into pieces, so that a browser loads little before the first hit.

Pages with their titles, and the words of titles, tags, symptoms and headings, come first. The words of the text follow,
then the pages that hold them, in pieces by the alphabet, and the text itself, in pieces by the page.
`workers/indexing.js` reads them. Each calls a function with its content, since a page that is opened as a file can load
scripts and nothing else.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opsbook.mkdocs.search_tokens import tokens_of

CALL = "opsbookSearch"
TITLE, TAGS, WORDS, HEADINGS = 1, 2, 4, 8
POSTINGS_SIZE, TEXTS_SIZE = 30_000, 20_000
"""Characters of a piece: what a browser loads for one word, and for one page among the hits."""

_TAG = re.compile("<[^<>]*>")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class IndexedPage:
    """A page with the entries that the theme makes of it, the page itself first, and the title of its folder."""

    entries: Sequence[Entry]
    folder: str

    def told(self) -> dict[str, int]:
        """Return the words by which the page is told from others, with the marks of the fields where they stand."""
        marks: dict[str, int] = {}
        for field, text in self._fields():
            for word in tokens_of(text):
                marks[word] = marks.get(word, 0) | field
        return marks

    def written(self) -> dict[str, int]:
        """Return the words of the text, each with how much of it there is, from 0 to 3."""
        counts = Counter(tokens_of(" ".join(_text(entry["text"]) for entry in self.entries)))
        return {word: sum(count > most for most in (1, 3, 8)) for word, count in counts.items()}

    def texts(self) -> list[list[str]]:
        """Return anchor, title and text of each entry."""
        return [[each["location"].partition("#")[2], each["title"], each["text"]] for each in self.entries]

    def head(self) -> list[Any]:
        """Return what is known of the page before its text is loaded."""
        first = self.entries[0]
        known = [first["location"], first["title"], first.get("tags", []), first.get("boost", 1)]
        return [*known, int(first.get("trouble", False))]

    def _fields(self) -> Iterator[tuple[int, str]]:
        first, *sections = self.entries
        yield TITLE, _text(first["title"])
        yield from ((TAGS, html.unescape(tag)) for tag in first.get("tags", ()))
        yield from ((WORDS, words) for words in first.get("words", ()))
        yield HEADINGS, _text(self.folder)
        yield from ((HEADINGS, _text(section["title"])) for section in sections)


def pieces(entries: Iterable[Entry], synonyms: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the files of the index by their names, and what the worker has to know to load them."""
    pages = _by_page(entries)
    told, written = [page.told() for page in pages], [page.written() for page in pages]
    told_words, told_postings = _inverted(told, 4)
    words, postings = _inverted(written, 2)
    texts = [page.texts() for page in pages]
    by_word = list(_divided(postings, POSTINGS_SIZE))
    by_page = list(_divided([json.dumps(each) for each in texts], TEXTS_SIZE))
    files = {
        "pages": {
            "pages": [[*page.head(), len(told[at]), len(written[at])] for at, page in enumerate(pages)],
            "words": " ".join(told_words),
            "postings": " ".join(told_postings),
            "synonyms": synonyms,
        },
        "words": {"words": " ".join(words)},
        **{f"postings-{number}": " ".join(postings[at:end]) for number, (at, end) in enumerate(by_word)},
        **{f"texts-{number}": texts[at:end] for number, (at, end) in enumerate(by_page)},
    }
    calls = {name: _call(name, content) for name, content in files.items()}
    firsts = {"postings": [at for at, _ in by_word], "texts": [at for at, _ in by_page]}
    return calls, {"version": _digest(calls.values()), **firsts}


def _by_page(entries: Iterable[Entry]) -> list[IndexedPage]:
    """Return the pages in the order of their addresses, so that those of one folder are near each other."""
    pages: dict[str, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return [IndexedPage(pages[address], _folder_title(address, pages)) for address in sorted(pages)]


def _folder_title(address: str, pages: Mapping[str, Sequence[Entry]]) -> str:
    """Return the title of the page that the folder of a page leads to, such as that of all services."""
    folder = address.removesuffix("index.html").rstrip("/").rpartition("/")[0]
    found = pages.get(f"{folder}/") or pages.get(f"{folder}/index.html")
    return str(found[0]["title"]) if folder and found else ""


def _inverted(pages: Sequence[Mapping[str, int]], bits: int) -> tuple[list[str], list[str]]:
    """Return all words of `pages` in their order, and for each the pages that hold it."""
    found: dict[str, dict[int, int]] = {}
    for number, marks in enumerate(pages):
        for word, mark in marks.items():
            found.setdefault(word, {})[number] = mark
    words = sorted(found)
    return words, [_packed(found[word], bits) for word in words]


def _packed(marks: Mapping[int, int], bits: int) -> str:
    """Return pages and their marks as text: the steps from page to page, each in front of its mark of `bits` bits.

    >>> _packed({0: 1, 40: 2}, 2)
    'B-E'
    """
    said, before = [], -1
    for page in sorted(marks):
        said.append(_number((page - before - 1) << bits | marks[page]))
        before = page
    return "".join(said)


def _number(value: int) -> str:
    """Return a number in signs of five bits, the lowest first; each but the last has a sixth bit."""
    signs = ""
    while value > 31:
        signs += _DIGITS[32 | value & 31]
        value >>= 5
    return signs + _DIGITS[value]


def _divided(texts: Sequence[str], size: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each run of `texts` that is about `size` characters long."""
    at, length = 0, 0
    for number, text in enumerate(texts):
        length += len(text)
        if length >= size or number == len(texts) - 1:
            yield at, number + 1
            at, length = number + 1, 0


def _call(name: str, content: object) -> str:
    return f"{CALL}({json.dumps(name)},\n{json.dumps(content, separators=(',', ':'), ensure_ascii=False)}\n)\n"


def _text(said: str) -> str:
    """Return what a reader sees of the HTML `said`."""
    return html.unescape(_TAG.sub(" ", said))


def _digest(texts: Iterable[str]) -> str:
    """Return a short text that changes with any of `texts`, for caches to know the new from the old."""
    mixed = hashlib.sha256()
    for text in texts:
        mixed.update(text.encode())
    return mixed.hexdigest()[:8]
