"""The services of this repository."""

from __future__ import annotations

from pathlib import Path

from opsbook.nouns.service.model import load_services, owner_problems


def test_the_services_of_this_repository_are_whole(root: Path) -> None:
    catalog, document = load_services(root / "services.yml", "services.yml")
    assert [service.id for service in catalog.services] == (
        ["gateway", "catalog", "cart", "orders", "payments", "users", "notifications", "postgresql", "redis", "queue"]
    )
    assert list(owner_problems(catalog, document, {"platform", "developers", "security"})) == []
    assert all(service.escalation and service.rto and service.rpo for service in catalog.services)
