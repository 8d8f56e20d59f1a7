"""One small site with each thing that people have beside Opsbook: it builds, leads nowhere wrong, and can be used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page as Tab

from compatibility.rows import ROWS, Row
from conftest import ROOT, Pages, Serve
from crawler import Crawler
from each_noun import OF_EACH_NOUN
from runbook_tab import copied, frames

NEIGHBOURS = Path(os.environ.get("NEIGHBOURS", ROOT / ".cache" / "neighbours")) / "bin"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")},
    "PATH": f"{NEIGHBOURS}{os.pathsep}{os.environ['PATH']}",
    **{"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "GIT_CONFIG_GLOBAL": os.devnull},
}
SETTINGS = {
    "site_name": "Elsewhere",
    "site_url": "https://handbook.example.org/",
    "strict": True,
    "theme": {"name": "material"},
}
PAGES = ("page", "practices/one/first", "runbooks/trial", "services/cart", "roadmap/phase-one", "glossary")
WHO = {
    f"GIT_{who}_{what}": said
    for who in ("AUTHOR", "COMMITTER")
    for what, said in (("NAME", "Somebody"), ("EMAIL", "somebody@example.org"), ("DATE", "2026-01-02T12:00:00Z"))
}


@pytest.fixture(scope="module", params=ROWS, ids=lambda row: row.name)
def row(request: pytest.FixtureRequest) -> Row:
    found: Row = request.param
    return found


@pytest.fixture(scope="module")
def site(row: Row, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site that a row builds, strictly."""
    top = tmp_path_factory.mktemp("row")
    root = written(top / row.folder, row)
    if row.is_git:
        commit(top)
    program = NEIGHBOURS / row.program
    assert program.is_file(), "missing: the environment with other plugins. Get it with `make tools`"
    command = ["deploy", "1.0", "latest"] if row.program == "mike" else ["build", "--strict"]
    done = subprocess.run(
        [program, *command], cwd=root, env={**ENVIRONMENT, **WHO}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if row.program == "mike":
        subprocess.run(
            "rm -r site && git archive gh-pages 1.0 | tar x && mv 1.0 site", shell=True, cwd=root, check=True
        )
    yield root / "site"
    shutil.rmtree(top)


def written(root: Path, row: Row) -> Path:
    """Write the files of the small site with what `row` changes."""
    settings = merged(SETTINGS, row.settings)
    settings["plugins"] = [*row.first, "search", {"opsbook": row.options}, {"macros": row.macros}, *row.plugins]
    docs = settings.get("docs_dir", "docs")
    for name, content in {**OF_EACH_NOUN, **row.files, "mkdocs.yml": yaml.safe_dump(settings)}.items():
        file = root / (f"{docs}/{name.removeprefix('docs/')}" if name.startswith("docs/") else name)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, bytes) else content.replace("../docs/", f"../{docs}/").encode()
        file.write_bytes(text)
    return root


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `under` with what `over` says, mappings key by key."""
    return {
        **under,
        **{
            name: merged(under[name], said) if isinstance(said, Mapping) and isinstance(under.get(name), dict) else said
            for name, said in over.items()
        },
    }


def commit(folder: Path) -> None:
    (folder / ".gitignore").write_text("site/\n.cache/\n", "utf-8")
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "all")):
        subprocess.run(["git", *command], cwd=folder, env={**ENVIRONMENT, **WHO}, check=True)


def test_a_site_beside_it_is_whole_and_its_runbooks_can_be_used(
    site: Path, row: Row, page: Pages, serve: Serve
) -> None:
    dead = Crawler(site, row.base, serves_folders=row.serves_folders).dead
    assert [each for each in dead if row.is_followed or not each.startswith("print_page/")] == []
    for name, text in row.texts.items():
        assert text in (site / name).read_text("utf-8"), name
    for name in PAGES:
        assert (site / f"{name}.html").is_file() or (site / name / "index.html").is_file(), name
    use(page(f"{site.as_uri() if row.from_disk else serve(site)}/{'' if row.serves_folders else 'index.html'}"), row)
    if row.missing:
        page.errors[:] = [error for error in page.errors if not error.endswith(f"/{row.missing})")]


def use(tab: Tab, row: Row) -> None:
    """Go to a runbook from the list by a click, give it values, copy a command, and search."""
    tab.set_default_timeout(15_000)
    tab.goto(f"{tab.url.removesuffix('index.html')}runbooks/{'' if row.serves_folders else 'index.html'}")
    tab.locator("article").get_by_role("link", name="Trial").first.click()
    tab.wait_for_url(f"**/runbooks/trial{'/' if row.serves_folders else '.html'}**")
    tab.locator(".ob-copy").first.wait_for()
    assert frames(tab).locator(".ob-copy").count() == frames(tab).count() > 0
    tab.get_by_label("NAMESPACE", exact=True).fill("payments")
    tab.get_by_label("POD", exact=True).fill("cart-7f")
    assert copied(tab, frames(tab).first) == 'kubectl --namespace "payments" describe pod "cart-7f"'
    search(tab)


def search(tab: Tab) -> None:
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    tab.locator("[data-md-component=search-query]").press_sequentially("TrialLooping")
    tab.locator(".md-search-result__link[href*='runbooks/trial']").first.wait_for(state="attached")
