"""The services of this repository."""

from __future__ import annotations

from pathlib import Path

from linked import name_mistakes
from opsbook.nouns.kind import Project
from opsbook.nouns.service.load import load
from opsbook.nouns.service.model import Catalog


def test_the_services_of_this_repository_are_whole(root: Path) -> None:
    record = load(Project(root, root / "docs")).records[0]
    catalog = record.value
    assert isinstance(catalog, Catalog)
    assert [service.id for service in catalog.services] == (
        ["gateway", "catalog", "cart", "orders", "payments", "users", "notifications", "postgresql", "redis", "queue"]
    )
    assert name_mistakes(catalog, record.places, owner={"platform", "developers", "security"}) == []
    assert all(service.escalation and service.rto and service.rpo for service in catalog.services)
