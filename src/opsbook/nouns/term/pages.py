"""The page of the glossary, and what its abbreviations say under the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from opsbook.graph import Handbook
from opsbook.nouns.term.model import Term
from opsbook.site import paths
from opsbook.site.page import Page
from opsbook.site.render import render
from opsbook.site.text import plain


def glossary_page(handbook: Handbook) -> Page:
    """Every term by its letter."""
    letters = [(letter, list(terms)) for letter, terms in groupby(handbook.glossary, key=letter_of)]
    body = render(
        "term/templates/glossary.md",
        paths.GLOSSARY,
        letters=letters,
        target=lambda term: term_target(term, handbook),
        paths=paths,
    )
    words = [name for term in handbook.glossary for name in term.names]
    meta = {"description": "What the words and abbreviations of this site mean.", "search": {"words": words}}
    return Page(paths.GLOSSARY, "Glossary", body, meta)


def letter_of(term: Term) -> str:
    """The letter under which a term stands; what begins with none stands under `#`."""
    first = term.head[0].upper()
    return first if first.isalpha() else "#"


def term_target(term: Term, handbook: Handbook) -> tuple[str, str] | None:
    """Where a term leads: the title, and the source address within the site."""
    if term.item:
        place = handbook.places[term.item]
        return place.item.title, paths.item_path(place)
    if term.runbook:
        runbook = handbook.runbooks[term.runbook]
        return runbook.title, paths.runbook_path(runbook)
    if term.page:
        return handbook.written[term.page].title, term.page
    return None


def hover_texts(terms: Iterable[Term]) -> Mapping[str, str]:
    """What each abbreviation says, and its plural."""
    texts = {term.abbreviation: f"{term.term}: {plain(term.meaning)}" for term in terms if term.abbreviation}
    return texts | {f"{short}s": text for short, text in texts.items() if f"{short}s" not in texts}
