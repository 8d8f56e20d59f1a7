"""A site that is opened from a disk, where browsers have no modules, no workers and no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages
from drawing_scripts import PAIR
from runbook_tab import copied, frames
from small_site import build, write
from trial_runbook import FILES


def site_on_disk(root: Path, *, plugins: str) -> Path:
    config = f"site_name: Elsewhere\ntheme: material\nplugins: [{plugins}]\n"
    done = build(write(root, {**FILES, "mkdocs.yml": config, "diagrams/pair.py": PAIR}))
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the folder of a site with the theme's plugin `offline`."""
    return site_on_disk(tmp_path_factory.mktemp("offline"), plugins="search, offline, opsbook").as_uri()


def opened(page: Pages, address: str) -> Tab:
    """The page at `address`, without a network."""
    tab = page(address)
    tab.context.set_offline(True)
    tab.reload()
    return tab


def results(tab: Tab, words: str) -> list[str]:
    """The names of the files that the search finds for `words`."""
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    tab.locator("[data-md-component=search-query]").press_sequentially(words)
    found = tab.locator(".md-search-result__link")
    found.first.wait_for(state="attached")
    names: list[str] = found.evaluate_all(
        "links => links.map(link => new URL(link.href).pathname.split('/').slice(-2).join('/'))"
    )
    return names


def test_the_commands_of_a_runbook_are_filled_in_and_copied(offline: str, page: Pages) -> None:
    tab = opened(page, f"{offline}/runbooks/trial.html?namespace=payments")
    assert tab.locator("[data-ob-command] .ob-copy").count() == tab.locator("[data-ob-command]").count() == 8
    assert frames(tab).first.locator("code").inner_text() == 'kubectl --namespace "payments" describe pod "${POD}"'
    assert copied(tab, frames(tab).nth(4)) == "true"
    tab.locator("#ob-value-POD").fill("cart-7f")
    assert tab.evaluate("location.search") == "?namespace=payments&pod=cart-7f"
    tab.get_by_role("button", name="Copy all", exact=True).click()
    tab.get_by_role("checkbox", name="Step 1 is done").check()
    tab.reload()
    assert tab.get_by_role("checkbox", name="Step 1 is done").is_checked()


def test_filters_drawings_and_dates_work(offline: str, page: Pages) -> None:
    tab = opened(page, f"{offline}/runbooks/index.html")
    tab.locator("form[data-ob-filter] [name=find]").fill("tri")
    assert tab.locator("form[data-ob-filter] output").inner_text() == "1 of 2"
    tab.goto(f"{offline}/architecture/pair.html")
    picture = tab.locator(".ob-drawing__view svg")
    whole = picture.get_attribute("viewBox")
    tab.get_by_role("button", name="Zoom in").click()
    assert picture.get_attribute("viewBox") != whole
    tab.goto(f"{offline}/runbooks/trial.html")
    assert tab.locator("time[data-ob-ago]").first.get_attribute("title") == "2020-01-31"


def test_the_search_finds_what_it_finds_over_a_network(offline: str, page: Pages) -> None:
    tab = opened(page, f"{offline}/runbooks/other.html?namespace=payments")
    assert results(tab, "triallooping")[0] == "runbooks/trial.html"
    tab.locator("[data-md-component=search-query]").fill("")
    assert results(tab, "a trialwaitnig")[0] == "runbooks/trial.html"


def test_a_search_in_another_language_finds_its_scripts(page: Pages, tmp_path: Path) -> None:
    site = site_on_disk(tmp_path, plugins="{search: {lang: [de, fr]}}, offline, opsbook")
    tab = opened(page, f"{site.as_uri()}/runbooks/other.html")
    assert results(tab, "looping")[0] == "runbooks/trial.html"


def test_no_page_asks_another_host_for_a_script_in_whatever_order_the_plugins_stand(tmp_path: Path) -> None:
    site = site_on_disk(tmp_path, plugins="opsbook, offline, search")
    pages = {file: file.read_text("utf-8") for file in site.rglob("*.html")}
    assert [file for file, text in pages.items() if '<script src="http' in text] == []
    assert '<script src="../assets/opsbook/iframe-worker.js">' in pages[site / "runbooks/trial.html"]
