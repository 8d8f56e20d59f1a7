"""`docs/glossary.yml` in, its terms in alphabetical order out, or every mistake in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from opsbook.glossary.model import Glossary, Term
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.source.files import is_there
from opsbook.source.text import read_text
from opsbook.source.tree import Document, short
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

FILE = "glossary.yml"

Known = Mapping[str, Collection[str] | None]
"""What a term may lead to, by kind; a kind that is None could not be read, and is named freely."""


def load_glossary(docs: Path, known: Known) -> tuple[Term, ...]:
    """The terms of the glossary in `docs`; none where there is none. Raises ProblemsError with every mistake."""
    if not is_there(docs / FILE):
        return ()
    name = f"{docs.name}/{FILE}"
    document = parse_yaml(read_text(docs / FILE, name), name)
    terms = validate(Glossary, document).terms
    dead = first_problems(_dead_references(terms, document, known))
    if problems := [*first_problems(_repeated(terms, document)), *dead]:
        raise ProblemsError(problems)
    return tuple(sorted(terms, key=lambda term: (term.head.casefold(), term.term)))


def _repeated(terms: tuple[Term, ...], document: Document) -> Iterator[Problem]:
    """Names that two terms have, or that lead to the same anchor."""
    first: dict[str, int] = {}
    for index, term in enumerate(terms):
        line = document.position(("terms", index, "term")).line
        for name in dict.fromkeys([*map(str.casefold, term.names), f"#{term.anchor}"]):
            if name in first:
                shown = short(next((each for each in term.names if each.casefold() == name), term.head))
                message = f"`{shown}` stands on line {first[name]} too; a term is explained once"
                yield document.problem(("terms", index, "term"), message)
                break
            first[name] = line


def _dead_references(terms: tuple[Term, ...], document: Document, known: Known) -> Iterator[Problem]:
    for index, term in enumerate(terms):
        for kind, ids in known.items():
            id = getattr(term, kind)
            if id and ids is not None and id not in ids:
                message = f"no {kind} is `{short(id)}`; {did_you_mean(id, ids)}"
                yield document.problem(("terms", index, kind), message)
