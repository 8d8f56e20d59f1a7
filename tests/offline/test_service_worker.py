"""The copy that a browser keeps of a site, for when its server is gone, hangs or is in trouble."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from conftest import Pages
from drawing_scripts import PAIR
from offline.fickle_server import FickleServer, Mood
from runbook_tab import copied, frames
from screens import violations
from small_site import built, write
from trial_runbook import FILES

CONFIG = "site_name: Elsewhere\nstrict: true\ntheme: material\nplugins: [search, {opsbook: {OPTIONS}}]\n"
PATIENCE = 2.5
"""Seconds after which somebody on call has something to read."""
NOTE = re.compile(r"The site cannot be reached\. This is the copy of \d{4}-\d\d-\d\d\.")
INSTALLED = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  const isReady = () => navigator.serviceWorker.controller && active.state === "activated";
  while (!isReady()) await new Promise((done) => setTimeout(done, 20));
}"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    found[name] = keys.map(({ url }) => url.slice(location.origin.length)).sort();
  }
  return found;
}"""


def site(root: Path, options: str = "", files: Mapping[str, str] = MappingProxyType({})) -> Path:
    root.mkdir(exist_ok=True)
    config = CONFIG.replace("{OPTIONS}", f"{{{options}}}")
    return built(write(root, {**FILES, "diagrams/pair.py": PAIR, "mkdocs.yml": config, **files}))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("small"))


@pytest.fixture
def server(small: Path) -> Iterator[FickleServer]:
    served = FickleServer(small, "/handbook/")
    yield served
    served.stop()


def visited(page: Pages, server: FickleServer, path: str = "", width: int = 1440) -> Tab:
    """The page at `path` after one visit, from which the browser has its copy."""
    tab = page(f"{server.address}{path}", width=width)
    tab.evaluate(INSTALLED)
    return tab


def until(tab: Tab, promised: str, seconds: float = 15) -> None:
    """Wait until what is `promised` is true."""
    end = time.monotonic() + seconds
    while not tab.evaluate(promised):
        assert time.monotonic() < end, promised
        time.sleep(0.05)


def read(tab: Tab, address: str) -> float:
    """How long it takes until the page at `address` can be read."""
    begin = time.monotonic()
    tab.goto(address, wait_until="commit")
    tab.locator("h1").first.wait_for()
    return time.monotonic() - begin


@pytest.mark.parametrize(("mood", "width"), [("dead", 390), ("hangs", 1440), ("stalls", 390), ("ill", 1440)])
def test_after_one_visit_of_the_home_page_all_that_is_needed_is_there(
    server: FickleServer, page: Pages, mood: Mood | Literal["dead"], width: int
) -> None:
    tab = visited(page, server, width=width)
    if mood == "dead":
        server.stop()
    else:
        server.mood = mood
    for path in ("runbooks/", "alerts/", "services/cart/", "architecture/pair/", ""):
        assert read(tab, server.address + path) < PATIENCE
        expect(tab.locator(".ob-copy-note")).to_have_text(NOTE)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("getComputedStyle(document.querySelector('.ob-copy-note')).position") == "sticky"
    assert read(tab, f"{server.address}alerts/TrialLooping/?namespace=payments") < PATIENCE + 2
    tab.wait_for_url("**/runbooks/trial/?namespace=payments")
    expect(frames(tab).first).to_contain_text("payments")
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    tab.locator("[data-md-component=search-query]").press_sequentially("triallooping")
    tab.locator(".md-search-result__link").first.wait_for(state="attached")
    page.errors.clear()
    if mood == "dead":
        server.start()


def test_a_page_that_was_open_goes_on_when_the_server_stops(server: FickleServer, page: Pages) -> None:
    tab = visited(page, server, "runbooks/trial/?namespace=shop")
    server.mood = "hangs"
    assert copied(tab, frames(tab).nth(4)) == "true"
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    tab.locator("[data-md-component=search-query]").press_sequentially("other")
    tab.locator(".md-search-result__link").first.wait_for(state="attached", timeout=5000)
    page.errors.clear()


def test_a_server_that_answers_is_what_is_read(server: FickleServer, page: Pages) -> None:
    tab = visited(page, server, "runbooks/trial/")
    server.asked.clear()
    tab.goto(f"{server.address}runbooks/other/")
    assert tab.locator(".ob-copy-note").count() == 0
    asked = [path.removeprefix("/handbook/") for path in server.asked]
    assert asked[0] == "runbooks/other/"
    assert "assets/opsbook/opsbook.css" in asked
    # Those never change.
    assert not [path for path in asked if re.search(r"^[^?]*\.[0-9a-f]{8}\.min\.(css|js)$", path)]


def test_the_note_is_calm_and_says_the_day_to_everybody(server: FickleServer, page: Pages) -> None:
    tab = visited(page, server)
    server.mood = "ill"
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(f"{server.address}runbooks/other/")
        tab.get_by_role("status").filter(has_text=NOTE).wait_for()
        assert violations(tab) == []
    page.errors.clear()


def test_what_is_not_kept_is_not_touched(server: FickleServer, page: Pages) -> None:
    tab = visited(page, server)
    [paths] = tab.evaluate(KEPT).values()
    assert "/handbook/runbooks/trial/" in paths
    assert "/handbook/search/search_index.json" in paths
    assert not [path for path in paths if "practices" in path or path.endswith((".map", "sitemap.xml", ".md"))]
    server.mood = "ill"
    answer = tab.goto(f"{server.address}practices/one/")
    assert answer
    assert answer.status == 503
    page.errors.clear()


def test_a_page_that_asks_for_a_password_is_not_kept(server: FickleServer, page: Pages, small: Path) -> None:
    (small / "login.html").write_text("<title>Who are you?</title><h1>Password</h1>")
    tab = page(f"{server.address}")
    tab.evaluate("navigator.serviceWorker.ready")
    tab.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
    server.mood = "asks"
    tab.goto(f"{server.address}runbooks/trial/")
    assert tab.locator("h1").inner_text() == "Password"
    time.sleep(0.5)
    assert not [path for paths in tab.evaluate(KEPT).values() for path in paths if "complete" not in path]
    (small / "login.html").unlink()
    page.errors.clear()


def test_what_the_first_visit_did_not_get_is_fetched_at_the_next_page(server: FickleServer, page: Pages) -> None:
    missing = server.site / "runbooks/other"
    away = missing.rename(missing.with_suffix(".away"))
    tab = visited(page, server)
    assert not [path for paths in tab.evaluate(KEPT).values() for path in paths if "other" in path]
    away.rename(missing)
    tab.goto(f"{server.address}services/")
    until(tab, f"caches.match('{server.address}runbooks/other/').then(Boolean)")
    until(tab, f"caches.match('{server.address}?complete').then(Boolean)")
    page.errors.clear()


def test_a_new_release_replaces_the_copy_and_fetches_only_what_is_new(page: Pages, tmp_path: Path) -> None:
    server = FickleServer(site(tmp_path / "one"))
    tab = visited(page, server)
    [before] = tab.evaluate(KEPT)
    other = FILES["runbooks/other.md"].replace("Something else.", "Something new.")
    server.site = site(tmp_path / "two", files={"runbooks/other.md": other})
    server.asked.clear()
    tab.goto(f"{server.address}practices/")  # The worker leaves it alone; the browser looks for a new one.
    until(tab, f"caches.keys().then((names) => names.length == 1 && names[0] != {before!r})")
    assert "/runbooks/other/" in server.asked
    assert "/runbooks/trial/" not in server.asked
    server.stop()
    tab.goto(f"{server.address}runbooks/other/")
    assert "Something new." in tab.locator("article").inner_text()
    page.errors.clear()


def test_two_sites_on_one_host_do_not_meet(page: Pages, small: Path, tmp_path: Path) -> None:
    """The worker of the site at the top sees the pages of the one below it, which has the same paths."""
    (tmp_path / "host").mkdir()
    for file in small.rglob("*"):
        if file.is_file():
            for target in (tmp_path / "host" / file.relative_to(small), tmp_path / "host/b" / file.relative_to(small)):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
    server = FickleServer(tmp_path / "host")
    tab = visited(page, server)
    tab.goto(f"{server.address}b/runbooks/")
    tab.evaluate(INSTALLED)
    kept = tab.evaluate(KEPT)
    assert sorted(name.rpartition(":")[0] for name in kept) == ["opsbook:/", "opsbook:/b/"]
    assert all(path.startswith(name.split(":")[1]) for name, paths in kept.items() for path in paths)
    (tmp_path / "host/b/sw.js").write_bytes((site(tmp_path / "off", "service_worker: false") / "sw.js").read_bytes())
    tab.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(tab, "caches.keys().then((names) => names.length == 1)")
    assert [name.rpartition(":")[0] for name in tab.evaluate(KEPT)] == ["opsbook:/"]
    server.stop()


def test_a_site_that_wants_no_copy_takes_it_from_every_browser(page: Pages, small: Path, tmp_path: Path) -> None:
    server = FickleServer(small)
    tab = visited(page, server, "runbooks/trial/")
    server.site = site(tmp_path, "service_worker: false")
    tab.goto(f"{server.address}runbooks/trial/")
    until(tab, "caches.keys().then((names) => !names.length)")
    until(tab, "navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    tab.goto(f"{server.address}runbooks/other/")
    assert tab.evaluate("navigator.serviceWorker.controller") is None
    assert tab.evaluate("caches.keys()") == []
    server.stop()


def test_pages_that_the_theme_puts_in_place_say_that_they_are_copies_too(page: Pages, tmp_path: Path) -> None:
    config = CONFIG.replace("{OPTIONS}", "{}").replace(
        "theme: material", "theme: {name: material, features: [navigation.instant]}"
    )
    address = "site_url: http://127.0.0.1/\n"
    server = FickleServer(site(tmp_path, files={"mkdocs.yml": config + address}))
    sitemap = server.site / "sitemap.xml"
    sitemap.write_text(sitemap.read_text().replace("http://127.0.0.1/", server.address))
    tab = visited(page, server, "runbooks/")
    tab.goto(f"{server.address}runbooks/")
    tab.evaluate("window.isTheSame = true")
    server.mood = "ill"
    tab.locator("article").get_by_role("link", name="Other").first.click()
    tab.wait_for_url("**/runbooks/other/")
    expect(tab.locator(".ob-copy-note")).to_have_text(NOTE)
    assert tab.evaluate("window.isTheSame")
    server.mood = "well"
    time.sleep(0.1)
    for name, path in (("Runbooks", "runbooks/"), ("Other", "runbooks/other/")):
        tab.locator(".md-tabs, article").get_by_role("link", name=name).first.click()
        tab.wait_for_url(f"**/{path}")
        tab.locator("h1").filter(has_text=name).wait_for()
        expect(tab.locator(".ob-copy-note")).to_have_count(0)
    assert tab.evaluate("window.isTheSame")
    server.stop()
    page.errors.clear()


def test_a_reader_who_saves_data_keeps_what_is_read(server: FickleServer, page: Pages) -> None:
    saver = "Object.defineProperty(WorkerNavigator.prototype, 'connection', { value: { saveData: true } });\n"
    worker = server.site / "sw.js"
    text = worker.read_text()
    worker.write_text(saver + text)
    tab = visited(page, server)
    assert tab.evaluate(KEPT) == {} or [*tab.evaluate(KEPT).values()] == [[]]
    tab.goto(f"{server.address}runbooks/trial/")
    tab.wait_for_function("document.readyState === 'complete'")
    time.sleep(0.5)
    paths = {path for paths in tab.evaluate(KEPT).values() for path in paths}
    assert {"/handbook/runbooks/trial/", "/handbook/assets/opsbook/opsbook.css"} <= paths
    assert "/handbook/runbooks/other/" not in paths
    server.mood = "hangs"
    assert read(tab, f"{server.address}runbooks/trial/") < PATIENCE
    expect(tab.locator(".ob-copy-note")).to_have_text(NOTE)
    worker.write_text(text)
    page.errors.clear()
