"""Count the words, links and blocks of code of a list before and after an import, by other means than the readers."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from opsbook.convert.importer import Import

_URL = re.compile(r"https?://[^\s<>\"'`|\\\]]+")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ANCHOR_LINE = re.compile(r"^\W*(?:\d+\.)?\W*\[.*\]\(#[^()]*\)\W*$")


@dataclass(frozen=True)
class Counted:
    """How often each word, address and block of code is there."""

    words: Counter[str]
    urls: frozenset[str]
    blocks: int


def counted_in(text: str) -> Counted:
    """What a text holds that somebody reads: no comments, no tags, no lines that lead to headings of the same file."""
    prose, blocks, fence = [], 0, ""
    for line in text.split("\n"):
        start = re.match(r"\s*(?:[-*+] )?(`{3,}|~{3,})", line)
        if fence:
            if start and start[1].startswith(fence) and line.strip() == start[1]:
                fence = ""
            else:
                prose.append(line.replace("<!--", "").replace("-->", ""))
        elif start:
            fence, blocks = start[1], blocks + 1
        else:
            prose.append("" if _ANCHOR_LINE.match(line) else line)
    whole = re.sub(r"<!--.*?-->", " ", "\n".join(prose), flags=re.DOTALL)
    whole = html.unescape(whole)
    urls = frozenset(_bare(url) for url in _URL.findall(whole))
    bare = re.sub(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*[^()]*\)", "] ", whole)
    plain = _TAG.sub(" ", _URL.sub(" ", bare))
    return Counted(Counter(re.findall(r"[^\W\d_]{2,}", plain.casefold())), urls, blocks)


def _bare(url: str) -> str:
    """An address without what a sentence around it adds."""
    depth = 0
    for at, sign in enumerate(url):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            url = url[:at]
            break
    while url and url[-1] in ".,;:!?*_":
        url = url[:-1]
    return url.rstrip("/")


def counted_out(found: Import) -> Counted:
    """What the checklist and the pages of an import hold."""
    return counted_in("\n\n".join([*_texts(found.checklist.model_dump(mode="json")), *found.pages.values()]))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("id", "aliases"):
                yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def lost(text: str, found: Import) -> tuple[list[str], list[str], int]:
    """The words and the addresses of `text` that are nowhere in an import, and how many blocks of code are missing."""
    before, after = counted_in(text), counted_out(found)
    words = sorted(word for word in before.words if word not in after.words)
    return words, sorted(before.urls - after.urls), max(0, before.blocks - after.blocks)
