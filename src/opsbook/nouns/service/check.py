"""Check that no service depends on itself."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.nouns.kind import CheckContext
from opsbook.nouns.service.model import Catalog
from opsbook.problems import Problem


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
