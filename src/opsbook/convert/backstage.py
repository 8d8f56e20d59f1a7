"""Write the services as `catalog-info.yaml`, the file of which Backstage makes its catalogue.

https://backstage.io/docs/features/software-catalog/descriptor-format says what an entity holds and how it is called.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import yaml

from opsbook.graph import Graph
from opsbook.nouns.api.model import Api
from opsbook.nouns.checklist.model import FILE, Checklist
from opsbook.nouns.page.model import pages_folder
from opsbook.nouns.runbook.model import Runbook, most_urgent_first
from opsbook.nouns.service.model import Service
from opsbook.problems import Problem, ProblemsError
from opsbook.site.text import plain

VERSION = "backstage.io/v1alpha1"
HANDBOOK = "handbook"
LIFECYCLE = "production"
_NAME = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
_MOST = 63
_DIGITS = 8

Entity = dict[str, Any]


@dataclass(frozen=True)
class CatalogSettings:
    """What the files do not say: the address of the site, and the system that all services belong to."""

    base: str = ""
    system: str = ""


def catalog_info(graph: Graph, settings: CatalogSettings) -> str:
    """Return the text of `catalog-info.yaml`: the handbook, the system, then each service with its API.

    Raises ProblemsError where nobody is named who could own the handbook: every entity has an owner.
    """
    if not graph.one(Checklist).owners:
        message = "nobody is named who owns the handbook, as every entity of Backstage needs it; declare `owners`"
        raise ProblemsError([Problem(FILE, 0, 0, message)])
    return yaml.safe_dump_all(_entities(graph, settings), sort_keys=False, allow_unicode=True, width=120)


def entity_name(id: str) -> str:
    """Return the name of an entity for `id`: itself where that is one, else what is left of it with a short hash.

    >>> entity_name("cart"), entity_name("größe")
    ('cart', 'gr-e-d353a267')
    """
    if len(id) <= _MOST and _NAME.fullmatch(id):
        return id
    digits = hashlib.sha256(id.encode()).hexdigest()[:_DIGITS]
    left = _NOT_IN_NAMES.sub("-", id)[: _MOST - _DIGITS - 1].strip("-")
    return f"{left}-{digits}" if left else digits


def _entities(graph: Graph, settings: CatalogSettings) -> Iterator[Entity]:
    checklist = graph.one(Checklist)
    owner, title = entity_name(checklist.owners[0].id), plain(checklist.title)
    meta = {"name": _handbook(graph), "title": title, "annotations": {"backstage.io/techdocs-ref": "dir:."}}
    spec = {"type": "documentation", "lifecycle": LIFECYCLE, "owner": owner, **_system(settings)}
    yield _entity("Component", meta, spec)
    if settings.system:
        yield _entity("System", {"name": entity_name(settings.system), "title": settings.system}, {"owner": owner})
    apis = {api.service: api for api in graph.all(Api)}
    for service in graph.all(Service):
        api = apis.get(service.id)
        yield _component(service, api, graph, settings)
        if api:
            yield _api(service, api, graph, settings)


def _handbook(graph: Graph) -> str:
    """Return the name of the component of the handbook, which no service may have too."""
    return f"{HANDBOOK}-site" if HANDBOOK in {service.id.lower() for service in graph.all(Service)} else HANDBOOK


def _component(service: Service, api: Api | None, graph: Graph, settings: CatalogSettings) -> Entity:
    annotations = {
        "backstage.io/techdocs-entity": f"component:default/{_handbook(graph)}",
        "backstage.io/techdocs-entity-path": f"/{_page(graph.path(service))}",
    }
    if service.repository:
        annotations["backstage.io/source-location"] = f"url:{service.repository.rstrip('/')}/"
    meta = {
        "name": entity_name(service.id),
        "title": plain(service.title),
        "description": plain(service.summary),
        "annotations": annotations,
        "tags": [f"tier-{service.tier}"],
        "links": list(_links(service, graph, settings.base)),
    }
    spec = {
        "type": "service",
        "lifecycle": LIFECYCLE,
        "owner": entity_name(service.owner),
        **_system(settings),
        "dependsOn": [f"component:default/{entity_name(id)}" for id in service.depends_on],
        "providesApis": [entity_name(service.id)] if api else [],
    }
    return _entity("Component", meta, spec)


def _api(service: Service, api: Api, graph: Graph, settings: CatalogSettings) -> Entity:
    meta = {"name": entity_name(service.id), "title": plain(api.title), "description": plain(api.summary)}
    spec = {
        "type": "openapi",
        "lifecycle": LIFECYCLE,
        "owner": entity_name(service.owner),
        **_system(settings),
        "definition": {"$text": f"./{pages_folder(graph)}/{api.file}"},
    }
    return _entity("API", meta, spec)


def _links(service: Service, graph: Graph, base: str) -> Iterator[dict[str, str]]:
    """Yield a link to the page of the service and to each of its runbooks, where the address of the site is known."""
    if base:
        yield {"url": _address(base, graph.path(service)), "title": plain(service.title), "icon": "docs"}
        for runbook in most_urgent_first(graph.naming(Runbook, service)):
            yield {"url": _address(base, graph.path(runbook)), "title": plain(runbook.title), "icon": "help"}


def _address(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{_page(path)}"


def _page(path: str) -> str:
    return f"{quote(path.removesuffix('.md'))}/"


def _system(settings: CatalogSettings) -> dict[str, str]:
    return {"system": entity_name(settings.system)} if settings.system else {}


def _entity(kind: str, meta: Entity, spec: Entity) -> Entity:
    """Return an entity without the keys that have no value."""
    written = ({key: value for key, value in each.items() if value} for each in (meta, spec))
    return {"apiVersion": VERSION, "kind": kind, **dict(zip(("metadata", "spec"), written, strict=True))}
