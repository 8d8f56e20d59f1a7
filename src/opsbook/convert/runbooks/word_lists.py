"""Write a set of words in the code as the words alone."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """Return the words of `text`, which blanks part."""
    return frozenset(text.split())
