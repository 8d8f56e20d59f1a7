"""Hold an imported page to the text that it became: how much of it was taken, and what was lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsbook.convert.runbooks.counting import PageCounts, Tally, counts_of
from opsbook.convert.runbooks.dialects import counted_words
from opsbook.convert.runbooks.foreign_page import ConvertedPage


@dataclass(frozen=True)
class Balance:
    """How much stood in a page, how much of it stands in the new text, and what does not, in words."""

    there: Tally
    taken: Tally
    lost: tuple[str, ...]


def balance(page: ConvertedPage, text: str, left: Sequence[str]) -> Balance:
    """Return what of `page` stands in `text`; `left` are the targets of links that are written as text there."""
    before, after = counts_of(page.source.text), counts_of(text)
    missing = _missing(page, before, after)
    words = sum(before.words.values())
    there = Tally(words, before.links, before.blocks, before.pictures)
    # A picture of another host is taken as a link to it.
    gone = max(before.links + before.pictures - after.links - after.pictures, len(left))
    taken = Tally(
        words=words - sum(missing.values()),
        links=max(before.links - gone, 0),
        blocks=min(before.blocks, after.blocks),
        pictures=before.pictures,
    )
    return Balance(there, taken, tuple(_lost(missing, left, there, taken)))


def _missing(page: ConvertedPage, before: PageCounts, after: PageCounts) -> Counter[str]:
    """Return the words that stood in the page and stand nowhere now; numbers of steps and lists are counted anew."""
    keys = Counter(word for key in page.source.front.keys for word in counted_words(key.name))
    missing = before.words - after.words - page.dropped - keys
    return Counter({word: count for word, count in missing.items() if not word.isdigit()})


def _lost(missing: Counter[str], left: Sequence[str], there: Tally, taken: Tally) -> Iterator[str]:
    if missing:
        shown = ", ".join(f"`{word}`" for word in list(missing)[:10])
        yield f"{sum(missing.values())} of {there.words} words: {shown}"
    targets = list(dict.fromkeys(left))
    if targets:
        yield f"links that lead to nothing in the folder, written as text: {', '.join(f'`{each}`' for each in targets)}"
    elif taken.links < there.links:
        yield f"{there.links - taken.links} of {there.links} links"
    if taken.blocks < there.blocks:
        yield f"{there.blocks - taken.blocks} of {there.blocks} blocks of code"
