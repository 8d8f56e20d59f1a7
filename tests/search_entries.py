"""Reads the index of the search of a built site, which lies in pieces, back into entries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
WORDS = 4


def search_entries(site: Path) -> list[dict[str, Any]]:
    """Return the entries of `site`: each page with the words that it is found by, then its sections."""
    whole = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return whole["docs"] or list(_from_pieces(site, **whole["config"]["opsbook"]))


def _from_pieces(site: Path, *, version: str, texts: list[int], **_: object) -> Iterator[dict[str, Any]]:
    told = _piece(site, f"pages.{version}")
    said = [page for number in range(len(texts)) for page in _piece(site, f"texts-{number}.{version}")]
    words: dict[int, list[str]] = {}
    for word, packed in zip(told["words"].split(" "), told["postings"].split(" "), strict=True):
        for at, mark in _unpacked(packed, 4):
            if mark & WORDS:
                words.setdefault(at, []).append(word)
    for number, ((location, _, tags, boost, trouble, *_), sections) in enumerate(zip(told["pages"], said, strict=True)):
        known = {"tags": tags, "boost": boost, "trouble": bool(trouble), "words": words.get(number, [])}
        for anchor, title, text in sections:
            yield {"location": f"{location}#{anchor}" if anchor else location, "title": title, "text": text, **known}
            known = {}


def _piece(site: Path, name: str) -> Any:
    text = (site / "assets" / "opsbook" / "search" / f"{name}.js").read_text("utf-8")
    return json.loads(text[text.index("\n") : text.rindex("\n", 0, -1)])


def _unpacked(packed: str, bits: int) -> Iterator[tuple[int, int]]:
    page, value, shift = -1, 0, 0
    for digit in map(DIGITS.index, packed):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            page += (value >> bits) + 1
            yield page, value & ((1 << bits) - 1)
            value, shift = 0, 0
