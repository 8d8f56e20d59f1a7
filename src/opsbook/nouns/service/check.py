"""Check that no service depends on itself, and that a role leads to a heading that is there."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.nouns.kind import CheckContext
from opsbook.nouns.page.model import WrittenPage
from opsbook.nouns.service.model import Catalog
from opsbook.problems import Problem
from opsbook.source.markdown import parse_markdown


def self_dependencies(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each service that depends on itself."""
    for record in context.loaded.records:
        if not (isinstance(record.value, Catalog) and record.places):
            continue
        for s, service in enumerate(record.value.services):
            for k, other in enumerate(service.depends_on):
                if other == service.id:
                    message = f"`{other}` depends on itself; name another service"
                    yield record.places.problem(("services", s, "depends_on", k), message)


def catalog_problems(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each service that depends on itself, and for each role with an anchor that is nowhere."""
    yield from self_dependencies(context)
    yield from _lost_anchors(context)


def _lost_anchors(context: CheckContext) -> Iterator[Problem]:
    pages = {page.path: page for page in context.graph.all(WrittenPage)}
    for record in context.loaded.records:
        if not (isinstance(record.value, Catalog) and record.places):
            continue
        for at, role in enumerate(record.value.roles):
            place = ("roles", at, "anchor")
            if role.anchor and not role.page:
                yield record.places.problem(place, "an anchor is one of a `page`; name the page, or leave it out")
            elif role.anchor and (page := pages.get(role.page or "")):
                anchors = [heading.anchor for heading in parse_markdown(page.markdown, page.path).headings]
                if role.anchor not in anchors:
                    known = ", ".join(f"`{anchor}`" for anchor in anchors)
                    message = f"no heading of `{page.path}` has the anchor `{role.anchor}`; allowed: {known}"
                    yield record.places.problem(place, message)
