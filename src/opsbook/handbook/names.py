"""Services and runbooks in, what is wrong with their names, and with the names that they use, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from opsbook.checklist.model import Checklist
from opsbook.handbook.model import Place
from opsbook.postmortems.load import Known
from opsbook.problems import Problem, first_problems
from opsbook.runbooks.load import Library, reference_problems
from opsbook.services import Catalog, owner_problems
from opsbook.source.tree import Document

INDEX = "index"
"""The page of a folder itself, so nothing else in it may be called that."""


def known_names(checklist: Checklist, places: Mapping[str, Place], catalog: Catalog | None, library: Library) -> Known:
    """The ids that others may name; what could not be read is named freely."""
    return Known(
        owners=[owner.id for owner in checklist.owners],
        items=places,
        runbooks=None if library.problems else [runbook.id for runbook in library.runbooks],
        services=[service.id for service in catalog.services] if catalog else None,
    )


def service_problems(catalog: Catalog, document: Document, checklist: Checklist) -> Iterator[Problem]:
    """What is wrong with the names in `services.yml`."""
    yield from first_problems(owner_problems(catalog, document, {owner.id for owner in checklist.owners}))
    for at, service in enumerate(catalog.services):
        if INDEX in (service.id, *service.aliases):
            message = f"`{INDEX}` is the address of the list of services; rename it"
            yield document.problem(("services", at, "id"), message)


def runbook_problems(
    library: Library, checklist: Checklist, catalog: Catalog | None, places: Iterable[str]
) -> Iterator[Problem]:
    """What is wrong with the files themselves, then with what they name. Unread services are named by nobody."""
    yield from library.problems
    for source in library.sources:
        if INDEX in (source.runbook.id, *source.runbook.aliases) and source.page.front:
            yield source.page.front.problem(("id",), f"`{INDEX}` is the address of the list of runbooks; rename it")
    named = {name for runbook in library.runbooks for name in runbook.services}
    services = {service.id for service in catalog.services} if catalog else named
    owners = {owner.id for owner in checklist.owners}
    yield from reference_problems(library.sources, owners=owners, services=services, items=frozenset(places))
