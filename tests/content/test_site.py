"""The real site, as a browser and a crawler see it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Pages
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import progress

KINDS = {
    "home": "",
    "practices": "practices/",
    "area": "practices/kubernetes/",
    "item": "practices/kubernetes/k8s-pod-disruption-budgets/",
    "roadmap": "roadmap/",
    "phase": "roadmap/phase-foundation/",
    "runbooks": "runbooks/",
    "runbook": "runbooks/pod-crash-looping/",
    "alerts": "alerts/",
    "architecture": "architecture/",
    "drawing": "architecture/kubernetes-runtime/",
    "service": "services/cart/",
}


class Links(HTMLParser):
    """The addresses that a page leads to or loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value and tag != "use":
                self.links.append(value)
            if name in ("id", "name") and value:
                self.ids.add(value)


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[str, Links]:
    return {
        file.relative_to(site).as_posix(): Links(file.read_text("utf-8"))
        for file in sorted(site.rglob("*.html"))
        if file.name != "404.html"
    }


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: Path, parsed: dict[str, Links]) -> None:
    dead = []
    for name, page in parsed.items():
        for link in page.links:
            target = urlsplit(urljoin(f"http://site/{name}", link))
            if target.netloc != "site" or target.scheme != "http":
                continue
            path = unquote(target.path).lstrip("/")
            file = f"{path}index.html" if path.endswith("/") or not path else path
            if not (site / file).is_file():
                dead.append(f"{name} -> {link}")
            elif target.fragment and file in parsed and not _has_anchor(parsed[file], target.fragment):
                dead.append(f"{name} -> {link} (no such anchor)")
    assert dead == []


def _has_anchor(page: Links, fragment: str) -> bool:
    return unquote(fragment) in page.ids or fragment.startswith("__")


def test_every_item_has_one_page_and_is_counted_once(root: Path, site: Path) -> None:
    checklist, _ = load_checklist(root / "checklist.yml", "checklist.yml")
    items = [(area.id, item) for area in checklist.areas for item in area.walk()]
    assert len(items) == 184
    assert len({(area, item.id) for area, item in items}) == 184
    for area, item in items:
        assert (site / "practices" / area / item.id / "index.html").is_file(), item.id
    counts = progress(checklist.walk())
    assert counts.total + counts.waived == 184
    assert sum(progress(area.walk()).total for area in checklist.areas) == counts.total


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_and_fits_its_screen(
    kind: str, width: int, scheme: str, served_site: str, page: Pages
) -> None:
    shown = page(f"{served_site}/{KINDS[kind]}", width=width, scheme=scheme)  # type: ignore[arg-type]
    found = Axe().run(shown)
    assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]] == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_the_list_of_practices_filters_and_keeps_the_filter_in_the_address(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/practices/?area=kubernetes&find=ingress")
    rows = shown.locator("[data-ob-filtered] tbody tr:visible td:first-child")
    assert rows.all_inner_texts() == ["Ingress", "Configure ingress controller (NGINX, Traefik)"]
    shown.get_by_label("Find").fill("no such practice")
    shown.get_by_text("No practice fits.").wait_for()
    shown.locator(".ob-filter").get_by_role("button").click()
    shown.get_by_label("Phase").select_option("phase-security")
    shown.wait_for_url("**/practices/?phase=phase-security")
    assert rows.count() == shown.locator('[data-ob-filtered] tr[data-phase="phase-security"]').count() > 0


def test_the_search_opens_from_the_incident_box_by_keyboard(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/")
    shown.locator(".ob-incident__search").focus()
    shown.keyboard.press("Enter")
    shown.keyboard.type("rotate secrets")
    shown.locator(".md-search-result__item").first.wait_for()
