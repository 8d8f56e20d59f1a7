"""Load the glossary from `glossary.yml` beside the hand-written pages."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.term.model import FILE, Glossary, Term
from opsbook.problems import Problem
from opsbook.source.files import is_there
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument, short
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml


def load(project: Project) -> Loaded:
    """Return the terms of the glossary in alphabetical order. Raises ProblemsError with every mistake."""
    if not is_there(project.docs / FILE) or project.site.is_left_out(FILE):
        return Loaded()
    name = project.below_docs(FILE)
    document = parse_yaml(read_text(project.docs / FILE, name), name)
    terms = validate(Glossary, document).terms
    records = [Record(term, document, ("terms", at), "term", term.anchor) for at, term in enumerate(terms)]
    in_order = sorted(zip(terms, records, strict=True), key=lambda pair: (pair[0].head.casefold(), pair[0].term))
    return Loaded(tuple(record for _, record in in_order), tuple(_repeated(terms, document)))


def _repeated(terms: tuple[Term, ...], document: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each term with a name, or an anchor, that an earlier one has."""
    first: dict[str, int] = {}
    for index, term in enumerate(terms):
        line = document.position(("terms", index, "term")).line
        for name in dict.fromkeys([*map(str.casefold, term.names), f"#{term.anchor}"]):
            if name in first:
                shown = short(next((each for each in term.names if each.casefold() == name), term.head))
                message = f"`{shown}` is already used on line {first[name]}; terms are unique"
                yield document.problem(("terms", index, "term"), message)
                break
            first[name] = line
