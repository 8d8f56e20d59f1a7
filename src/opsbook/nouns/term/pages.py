"""Make the page of the glossary, and the tooltips of its abbreviations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from opsbook.graph import Graph, GraphNode
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.term.model import Term
from opsbook.site.language import site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.site.text import plain


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the page of the glossary where there is one."""
    for term in graph.all(Term)[:1]:
        yield one(graph.node(term).file, glossary_page, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the entry of the glossary in the navigation."""
    if graph.all(Term):
        yield NavEntry(site_language(graph).gettext("Glossary"), graph.index("term"))


def glossary_page(graph: Graph) -> Page:
    """Return the page of all terms, grouped by letter."""
    letters = [(letter, list(terms)) for letter, terms in groupby(graph.all(Term), key=letter_of)]
    body = render(
        "term/templates/glossary.md",
        graph.index("term"),
        graph,
        letters=letters,
        target=lambda term: term_target(term, graph),
    )
    words = [name for term in graph.all(Term) for name in term.names]
    language = site_language(graph)
    description = language.gettext("What the words and abbreviations of this site mean.")
    meta = {"description": description, "search": {"words": words}}
    return Page(graph.index("term"), language.gettext("Glossary"), body, meta)


def letter_of(term: Term) -> str:
    """Return the letter under which a term is listed; `#` where it does not begin with one."""
    first = term.head[0].upper()
    return first if first.isalpha() else "#"


def term_target(term: Term, graph: Graph) -> GraphNode | None:
    """Return what a term leads to within the site; None where it leads nowhere, or to another site."""
    return next((link.target for link in graph.links_from(graph.node(term))), None)


def hover_texts(terms: Iterable[Term]) -> Mapping[str, str]:
    """Return the tooltip of each abbreviation and of its plural."""
    texts = {term.abbreviation: f"{term.term}: {plain(term.meaning)}" for term in terms if term.abbreviation}
    return texts | {f"{short}s": text for short, text in texts.items() if f"{short}s" not in texts}
