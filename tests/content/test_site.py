"""The real site, as a browser and a crawler see it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from conftest import Pages
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import progress
from screens import check_on_each_screen

PAGES = (
    *("", "practices/", "practices/kubernetes/", "practices/kubernetes/k8s-pod-disruption-budgets/"),
    *("roadmap/", "roadmap/phase-foundation/", "runbooks/", "runbooks/pod-crash-looping/", "alerts/", "services/cart/"),
    *("architecture/", "architecture/kubernetes-runtime/", "post-mortems/", "post-mortems/actions/"),
    *("post-mortems/2017-01-31-gitlab-database-removed/", "post-mortems/template/", "incident-response/"),
    *("onboarding/", "onboarding/developer/", "contribute/", "reference/macros/", "glossary/"),
)
"""A page of each kind."""


class Links(HTMLParser):
    """The addresses that a page leads to or loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "xlink:href", "src") and value and tag != "use":
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


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_fits_its_screen(address: str, served_site: str, page: Pages) -> None:
    check_on_each_screen(page, f"{served_site}/{address}")


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


def test_the_search_opens_from_the_incident_box_by_keyboard(searched_site: str, page: Pages) -> None:
    shown = page(f"{searched_site}/")
    shown.locator(".ob-incident__search").focus()
    shown.keyboard.press("Enter")
    shown.keyboard.type("rotate secrets")
    shown.locator(".md-search-result__item").first.wait_for()


def digests(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def test_two_builds_of_the_repository_give_the_same_bytes(root: Path, site: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(again)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "7"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert digests(again) == digests(site)


def tabs(site: Path) -> list[str]:
    home = (site / "index.html").read_text("utf-8")
    return [title.strip() for title in re.findall(r'class="md-tabs__link">([^<]*)</a>', home)]


def test_every_page_of_this_repository_is_under_one_of_eight_tabs(site: Path) -> None:
    assert tabs(site) == [
        "Home",
        "Practices",
        "Roadmap",
        "Runbooks",
        "Architecture",
        "Incidents",
        "Onboarding",
        "Reference",
    ]
