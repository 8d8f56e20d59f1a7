"""The interfaces of this repository, as files and in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Pages
from opsbook.nouns.api.load import load
from opsbook.nouns.api.model import Api
from opsbook.nouns.kind import Project
from opsbook.nouns.service.load import load as load_services
from opsbook.nouns.service.model import Catalog
from screens import on_each_screen, violations


def test_the_interfaces_of_this_repository_say_what_a_client_needs(root: Path) -> None:
    project = Project(root, root / "docs")
    catalog = load_services(project).records[0].value
    assert isinstance(catalog, Catalog)
    apis = {record.id: record.value for record in load(project).records if isinstance(record.value, Api)}
    assert sorted(apis) == ["cart", "catalog", "orders"]
    for api in apis.values():
        assert catalog.services[[each.id for each in catalog.services].index(api.service)].summary.startswith(
            api.summary.rstrip(".")
        )
        for operation in api.operations:
            failures = [each for each in operation.responses if each.status[0] in "45"]
            assert failures, operation.anchor
            kinds = {content.media_type for answer in failures for content in answer.contents}
            assert kinds == {"application/problem+json"}, operation.anchor
    writes = [each for each in apis["orders"].operations if each.method == "post"]
    assert all("Idempotency-Key" in [field.name for field in each.parameters] for each in writes)


@pytest.mark.parametrize("path", ["api/", "api/orders/"])
def test_a_page_of_interfaces_is_accessible_and_fits_its_screen(path: str, served_site: str, page: Pages) -> None:
    for width, shown in on_each_screen(page, f"{served_site}/{path}"):
        shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(shown) == [], (width, path)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_an_operation_is_reached_by_its_address_and_by_its_entry(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/api/cart/#put-carts-:cart-items-:sku")
    heading = shown.locator("h3:target")
    assert heading.inner_text().startswith("PUT")
    shown.locator(".md-sidebar--secondary").get_by_role("link", name="GET /carts/{cart}", exact=True).click()
    shown.wait_for_url("**/#get-carts-:cart")
