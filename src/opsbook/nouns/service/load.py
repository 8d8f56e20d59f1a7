"""Load the services from `services.yml`."""

from __future__ import annotations

from opsbook.nouns.kind import Loaded, Project, Record, load_yaml
from opsbook.nouns.service.model import FILE, Catalog


def load(project: Project) -> Loaded:
    """Return the catalog of services, which is empty where there is no `services.yml`."""
    loaded = load_yaml(project, FILE, Catalog)
    return loaded if loaded.records else Loaded((Record(Catalog(), file=FILE),))
