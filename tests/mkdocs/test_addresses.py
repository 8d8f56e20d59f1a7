"""Every link of a site that has something of each noun, whatever addresses `mkdocs.yml` asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Pages, Serve
from crawler import Crawler
from each_noun import OF_EACH_NOUN
from opsbook.site.links import link_to, with_addresses
from search_entries import search_entries
from small_site import build, check, write

MKDOCS = OF_EACH_NOUN["mkdocs.yml"]
FLAT = MKDOCS + "use_directory_urls: false\n"
OFFLINE = MKDOCS.replace("  - search\n", "  - search\n  - offline\n")
BELOW = MKDOCS + "site_url: https://ops.example.org/hand/book/\n"
MOVING = """\
def on_files(files, config):
    for file in files:
        if file.src_uri in ("runbooks/trial.md", "guides/README.md"):
            file.dest_uri = f"{config.extra['moved']}/{file.dest_uri}"
"""


def site_of_each_noun(root: Path, *options: str, **changed: str) -> Path:
    root.mkdir(exist_ok=True)
    files = {**OF_EACH_NOUN, **{name.replace("__", "."): text for name, text in changed.items()}}
    done = build(write(root, files), *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def runs(site: Path) -> list[str]:
    """The files that still hold the sign of a link, which no reader may see."""
    signs = link_to("").encode("utf-8")
    files = (file for file in site.rglob("*") if file.is_file())
    return [file.name for file in files if any(sign in file.read_bytes() for sign in (signs[:3], signs[3:]))]


@pytest.mark.parametrize(
    ("settings", "options", "base", "serves_folders"),
    [
        (MKDOCS, ("--strict",), "/", True),
        (BELOW, ("--strict",), "/hand/book/", True),
        (FLAT, ("--strict",), "/", False),
        (MKDOCS, ("--no-directory-urls",), "/", False),
        (OFFLINE, ("--strict",), "/", False),
    ],
    ids=["folders", "below-a-path", "files", "files-by-flag", "offline"],
)
def test_no_link_and_no_anchor_is_dead(
    settings: str, options: tuple[str, ...], base: str, serves_folders: bool, tmp_path: Path
) -> None:
    site = site_of_each_noun(tmp_path, *options, mkdocs__yml=settings)
    crawler = Crawler(site, base, serves_folders=serves_folders)
    assert crawler.dead == []
    assert sum(len(page.links) for page in crawler.parsed.values()) > 1000
    entries = search_entries(site)
    assert [each for entry in entries if crawler.is_dead(each := entry["location"])] == []
    assert runs(site) == []


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site whose pages are files, not folders."""
    return site_of_each_noun(tmp_path_factory.mktemp("flat"), mkdocs__yml=FLAT)


def test_former_addresses_lead_on_in_both_forms_where_pages_are_files(flat: Path) -> None:
    leads = {
        "practices/former-one": "practices/one/index.html",
        "practices/one/former-first": "practices/one/first.html",
        "roadmap/former-phase": "roadmap/phase-one.html",
        "runbooks/old-trial": "runbooks/trial.html",
        "services/basket": "services/cart.html",
        "post-mortems/orders-down": "post-mortems/2026-03-04-orders.html",
    }
    for former, present in leads.items():
        up = "../" * former.count("/")
        for file, link in ((f"{former}.html", up + present), (f"{former}/index.html", f"../{up}{present}")):
            text = (flat / file).read_text("utf-8")
            target = (flat / file).parent / text.partition('<a href="')[2].partition('"')[0]
            assert target.resolve() == (flat / present).resolve(), (file, link)
    assert not (flat / "alerts" / "TrialLooping.html").exists()


@pytest.mark.parametrize("is_served", [True, False], ids=["http", "file"])
def test_an_alert_opens_its_runbook_with_query_and_hash_where_pages_are_files(
    is_served: bool, flat: Path, serve: Serve, page: Pages
) -> None:
    root = serve(flat) if is_served else flat.as_uri()
    # The address that rules name is that of a folder, which a server completes.
    alert = "alerts/TrialLooping/" if is_served else "alerts/TrialLooping/index.html"
    shown = page(f"{root}/{alert}?namespace=payments#look")
    shown.wait_for_url("**/runbooks/trial.html**")
    assert shown.url == f"{root}/runbooks/trial.html?namespace=payments#look"
    assert shown.locator("h1").inner_text().startswith("Trial <b>loop</b> & *stars*")
    shown.close()
    if not is_served:
        page.errors.clear()  # What else runs from a file is told elsewhere.


def test_copy_all_and_the_dashboard_lead_to_files_too(flat: Path, serve: Serve, page: Pages) -> None:
    root = serve(flat)
    shown = page(f"{root}/runbooks/trial.html?NOTE=x", script=COPIED)
    shown.get_by_role("button", name="Copy all").click()
    shown.get_by_text("Copied as Markdown").wait_for()
    text = shown.evaluate("window.copied")
    assert text.startswith(f"# [Trial <b>loop</b> & *stars*]({root}/runbooks/trial.html)\n")
    assert f"See [the guide]({root}/practices/one/first.html) and [the other]({root}/runbooks/other.html#look)" in text
    shown.goto(f"{root}/onboarding/developer.html")
    shown.get_by_role("checkbox").first.check()
    shown.goto(f"{root}/index.html")
    shown.get_by_role("link", name="Continue: ").click()
    shown.wait_for_url(f"{root}/onboarding/developer.html#**")


COPIED = """
document.addEventListener("copy", (event) => {
  window.copied = getSelection().toString() || document.activeElement.value;
}, true);
"""


def test_a_page_that_a_hook_moves_is_linked_where_it_is_and_again_after_the_next_move(tmp_path: Path) -> None:
    for moved in ("here", "there"):
        settings = f"{MKDOCS}hooks: [hook.py]\nextra: {{moved: {moved}}}\n"
        site = site_of_each_noun(tmp_path, mkdocs__yml=settings, hook__py=MOVING)
        assert Crawler(site).dead == []
        assert (site / moved / "runbooks" / "trial" / "index.html").is_file()
        assert f'href="../../{moved}/runbooks/trial/"' in (site / "services" / "cart" / "index.html").read_text("utf-8")
        assert f'href="../../{moved}/runbooks/trial/"' in (site / "architecture" / "files" / "pair.svg").read_text()


def test_check_and_build_know_which_pages_have_one_address(tmp_path: Path) -> None:
    two = {"docs/on-call.md": "# A\n", "docs/on-call/index.md": "# B\n"}
    for settings, expected in ((MKDOCS, 1), (FLAT, 0)):
        write(tmp_path, {**OF_EACH_NOUN, "mkdocs.yml": settings, **two})
        assert check(tmp_path)[0] == build(tmp_path).returncode == expected
    own = {"docs/runbooks/old-trial.html": "<p>My own</p>"}
    write(tmp_path, own)
    (tmp_path / "mkdocs.yml").write_text(FLAT, "utf-8")
    code, said = check(tmp_path)
    assert (code, build(tmp_path).returncode) == (1, 1)
    told = "docs/runbooks/old-trial.html: the site makes this file itself; rename it or remove it"
    assert any(line.startswith(told) for line in said)


def test_a_link_keeps_its_query_and_its_anchor_and_its_address_is_escaped() -> None:
    assert with_addresses(f'"{link_to("a.md#b")}" {link_to("c/")}?d', lambda path: f"<{path}>") == (
        '"&lt;a.md&gt;#b" &lt;c/&gt;?d'
    )
