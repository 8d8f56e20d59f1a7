"""The file that people take along: a site that works from a disk, with the source that rebuilds it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from commands import run_command
from conftest import Pages
from drawing_scripts import PAIR
from git_folder import ALONE, commit
from opsbook.publish.built_page import BuiltPage
from runbook_tab import copied, frames
from small_site import ENVIRONMENT, build, write
from trial_runbook import FILES

ADDRESS = "https://ops.example.org/handbook/"
CONFIG = f"""\
site_name: The Shop & Co.
site_url: {ADDRESS}
strict: true
theme: material
plugins:
  - search
  - opsbook: {{raw_html: [howto.md]}}
"""
HOWTO = f"""\
# How to

[Absolute](/handbook/runbooks/other/?namespace=x#look) and [whole]({ADDRESS}services/cart/),
[a stranger](https://example.com/runbooks/other/) and [the query](?x=1).

<p><a href=../runbooks/>unquoted</a> <!-- <a href="../alerts/">no link</a> --> <a title="a > b" href="..">home</a></p>
"""
ENV = {**ENVIRONMENT, **ALONE}


def bundled(root: Path, *options: str, **environment: str) -> tuple[str, str]:
    """What `opsbook bundle` prints and tells; it has to succeed."""
    done = run_command("opsbook", "bundle", *options, folder=root, environment={**ENV, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def project(root: Path, files: Mapping[str, str] = MappingProxyType({})) -> Path:
    given = {**FILES, "diagrams/pair.py": PAIR, "mkdocs.yml": CONFIG, "docs/howto.md": HOWTO}
    root.mkdir(exist_ok=True)
    return write(root, {**given, **files})


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in git: with a secret, a link, a program, and with files that git ignores, or does not know."""
    root = project(tmp_path_factory.mktemp("handbook"), {"requirements.txt": "opsbook\n", ".gitignore": ".env\n"})
    (root / ".env").write_text("PASSWORD=no-one-sees-this\n")
    (root / "deploy.sh").write_text("curl https://me:{}@host.example/\n".format("Zx81kkPq9vv"))
    (root / "run.sh").write_text("#!/bin/sh\n")
    (root / "run.sh").chmod(0o755)
    (root / "linked.sh").symlink_to("run.sh")
    (root / "outside.sh").symlink_to("/etc/hostname")
    commit(root, "2026-03-04")
    (root / "docs/practices/one/second.md").write_text("Not added.\n")
    with (root / "runbooks/other.md").open("a") as file:
        file.write("\nAnd tell somebody.\n")
    return root


@pytest.fixture(scope="module")
def bundle(handbook: Path) -> Path:
    printed, told = bundled(handbook)
    assert re.fullmatch(r"the-shop-co\.zip \(\d\.\d MB\): unpack it and open index\.html\n", printed)
    assert "not in the copy: deploy.sh:1: looks like a secret\n" in told
    assert "not in the copy: outside.sh: a link to what is not among these files\n" in told
    assert "the source in the copy is that of the last commit, without the changes of 2 files\n" in told
    return handbook / "the-shop-co.zip"


@pytest.fixture(scope="module")
def disk(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is in the file, unpacked."""
    folder = tmp_path_factory.mktemp("a disk")  # With a space, as on many a desktop.
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder / "the-shop-co"


def opened(page: Pages, file: Path, query: str = "", width: int = 1440) -> Tab:
    """The page in `file`, without a network."""
    tab = page("about:blank", width=width)
    tab.context.set_offline(True)
    tab.goto(f"{file.as_uri()}{query}")
    return tab


def below(tab: Tab, disk: Path) -> str:
    """Where `tab` is, from the folder that was unpacked."""
    return tab.url.removeprefix(f"{disk.as_uri()}/")


def test_somebody_finds_the_entrance_and_the_state_that_the_copy_shows(disk: Path, page: Pages) -> None:
    assert sorted(file.name for file in disk.iterdir()) == ["README.txt", "index.html", "site", "source"]
    tab = opened(page, disk / "index.html")
    tab.wait_for_url("**/site/index.html")
    note = tab.locator(".ob-bundle")
    note.scroll_into_view_if_needed()
    expect(note).to_be_visible()
    assert note.inner_text() == "A copy of the site as of 2026-03-04. This page online"
    assert note.locator("a").get_attribute("href") == ADDRESS
    tab.get_by_role("link", name="Runbooks").first.click()
    assert below(tab, disk) == "site/runbooks/index.html"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_commands_of_a_runbook_are_filled_in_copied_and_noted(disk: Path, page: Pages, width: int) -> None:
    tab = opened(page, disk / "site/runbooks/trial/index.html", "?namespace=payments", width)
    assert frames(tab).first.locator("code").inner_text() == 'kubectl --namespace "payments" describe pod "${POD}"'
    assert copied(tab, frames(tab).nth(4)) == "true"
    tab.get_by_role("checkbox", name="Step 1 is done").check()
    tab.reload()
    assert tab.get_by_role("checkbox", name="Step 1 is done").is_checked()
    tab.locator(".ob-log").get_by_role("button", name="Start the post-mortem").click()
    tab.get_by_text("Filled with what was noted").wait_for()
    assert below(tab, disk) == "site/post-mortems/template/index.html"
    assert "Done: step 1" in (tab.locator("[data-ob-template] code").text_content() or "")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_search_the_filters_and_the_drawings_work(disk: Path, page: Pages, width: int) -> None:
    tab = opened(page, disk / "site/runbooks/index.html", width=width)
    tab.locator("form[data-ob-filter] [name=find]").fill("tri")
    assert tab.locator("form[data-ob-filter] output").inner_text() == "1 of 2"
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    tab.locator("[data-md-component=search-query]").press_sequentially("triallooping")
    tab.locator(".md-search-result__link").first.dispatch_event("click")
    tab.wait_for_url("**/runbooks/trial/index.html*")
    tab.goto((disk / "site/architecture/pair/index.html").as_uri())
    picture = tab.locator(".ob-drawing__view svg")
    whole = picture.get_attribute("viewBox")
    tab.get_by_role("button", name="Zoom in").click()
    assert picture.get_attribute("viewBox") != whole


def test_an_alert_leads_to_its_runbook_and_keeps_its_labels(disk: Path, page: Pages) -> None:
    tab = opened(page, disk / "site/alerts/TrialLooping/index.html", "?namespace=payments")
    tab.wait_for_url("**/runbooks/trial/index.html?namespace=payments")
    assert "payments" in frames(tab).first.inner_text()


def test_every_link_of_every_page_leads_to_a_file_or_to_another_host(disk: Path, page: Pages) -> None:
    tab = opened(page, disk / "site/howto/index.html")
    links = tab.locator("article a:not(.headerlink)").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert links == [
        "../runbooks/other/index.html?namespace=x#look",
        "../services/cart/index.html",
        "https://example.com/runbooks/other/",
        "?x=1",
        "../runbooks/index.html",
        "../index.html",
    ]
    wrong = []
    for file in sorted(disk.rglob("site/**/*.html")):
        page_links = BuiltPage(file.read_text("utf-8")).links
        targets = (urlsplit(urljoin(file.as_uri(), link.address)) for link in page_links)
        wrong += [(file, to.path) for to in targets if to.scheme == "file" and not Path(unquote(to.path)).is_file()]
    assert wrong == []


def test_the_source_is_what_git_has_without_secrets(disk: Path) -> None:
    source = disk / "source"
    names = {file.relative_to(source).as_posix() for file in source.rglob("*") if file.is_file()}
    assert {"mkdocs.yml", "checklist.yml", "runbooks/trial.md", "linked.sh", ".gitignore"} <= names
    assert not names & {".env", "deploy.sh", "outside.sh", "docs/practices/one/second.md"}
    assert not [name for name in names if name.startswith((".git/", ".cache", "site/"))]
    assert "And tell somebody" not in (source / "runbooks/other.md").read_text()
    done = build(source)
    assert done.returncode == 0, done.stderr
    readme = (disk / "README.txt").read_text()
    assert readme.startswith("The Shop & Co.\n==============\n")
    for line in (
        "State of 2026-03-04.",
        f"The newest state: {ADDRESS}",
        "    cd source",
        "    python -m pip install -r requirements.txt",
        "    SOURCE_DATE_EPOCH=1772625600 python -m mkdocs build",
        "    docs/practices/one/second.md",
        "    deploy.sh:1: looks like a secret",
    ):
        assert line in readme.splitlines()


def test_two_runs_write_the_same_bytes_in_a_fixed_order(handbook: Path, bundle: Path) -> None:
    before = bundle.read_bytes()
    bundled(handbook, "--output", "again.zip")
    assert (handbook / "again.zip").read_bytes() == before
    with zipfile.ZipFile(bundle) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2026, 3, 4, 12, 0, 0)}
    programs = {entry.filename for entry in entries if entry.external_attr >> 16 == 0o100755}
    assert programs == {"the-shop-co/source/run.sh", "the-shop-co/source/linked.sh"}
    assert [name for name in archive.namelist() if name.endswith((".map", ".gz", "_headers", "404.html"))] == []


def test_a_site_that_somebody_else_has_built_is_taken_along_too(page: Pages, tmp_path: Path) -> None:
    root = write(
        tmp_path, {"docs/index.md": "# Home\n\n[On](on/deep.md)\n", "docs/on/deep.md": "# Deep\n\nWaterfall.\n"}
    )
    (root / "mkdocs.yml").write_text("site_name: Plain\ntheme: {name: material, font: false}\nplugins: [search]\n")
    assert build(root).returncode == 0
    printed, told = bundled(root, "--site", "site", "-o", "taken.zip")
    assert printed.startswith("taken.zip (")
    assert told == "the copy has no source: the site is not in a commit of git\n"
    with zipfile.ZipFile(root / "taken.zip") as archive:
        archive.extractall(root / "disk")
    tab = opened(page, root / "disk/plain/site/index.html")
    tab.locator("article").get_by_role("link", name="On").click()
    tab.wait_for_url("**/on/deep/index.html")
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    tab.locator("[data-md-component=search-query]").press_sequentially("waterfall")
    tab.locator(".md-search-result__link").first.wait_for(state="attached")


def test_what_is_no_bundle_is_not_written_over(handbook: Path) -> None:
    other = handbook / "other.zip"
    other.write_bytes(b"something else")
    done = run_command("opsbook", "bundle", "-o", "other.zip", "--site", "docs", folder=handbook, environment=ENV)
    assert done.returncode == 1
    assert "docs/index.html: is missing; a site has a home page" in done.stderr
    (handbook / "docs/index.html").write_text("<title>x</title>")
    done = run_command("opsbook", "bundle", "-o", "other.zip", "--site", "docs", folder=handbook, environment=ENV)
    assert done.stderr.splitlines()[0] == "other.zip: this is no bundle of a site; name another file by `-o`"
    assert other.read_bytes() == b"something else"
    (handbook / "docs/index.html").unlink()
