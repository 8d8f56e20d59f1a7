"""The way out: the generated source, built by engines that know nothing of opsbook."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from commands import run_command
from conftest import ROOT, Pages, Serve
from crawler import Crawler
from each_noun import OF_EACH_NOUN
from generated import BUILDERS, built_by
from git_folder import commit
from runbook_tab import copied, frames, opened
from search_entries import search_entries
from small_site import ENVIRONMENT, WITH_MACROS, built, write
from trial_runbook import FILES

RAW = '# Raw\n\n<p><a href="../../page/">As it is served</a> <img src="../../assets/dot.svg" alt="A dot"></p>\n'


def opsbook(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", *arguments, folder=cwd)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with something of each noun, and its site."""
    root = write(tmp_path_factory.mktemp("each-noun"), {**OF_EACH_NOUN, "docs/guides/raw.md": RAW})
    built(root)
    return root


@pytest.fixture(scope="module")
def source(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("generated") / "source"
    done = opsbook("generate", made, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return made


def pages(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("*.html")}


def locations(site: Path) -> set[str]:
    return {entry["location"] for entry in search_entries(site)}


def test_the_source_is_plain_files_that_do_not_name_the_engine(source: Path) -> None:
    configuration = (source / "mkdocs.yml").read_text("utf-8")
    plugins = re.findall(
        r"^- (\w+)", configuration.partition("\nplugins:\n")[2].partition("\nmarkdown_extensions:")[0], re.M
    )
    assert "search" in plugins
    assert not {"macros", "opsbook"} & set(plugins)
    assert not list(source.rglob("*.py"))


def test_the_source_names_the_versions_that_these_tests_run_with(source: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {*project["project"]["dependencies"], *map(str, project["dependency-groups"]["dev"])}
    head = (source / "mkdocs.yml").read_text("utf-8").partition("\nsite_name")[0]
    named = set(re.findall(r'"([\w-]+[<>=][^"]+)"', head))
    # Each release of Zensical below 1 may change anything, so that is the one which was installed.
    assert {each for each in named if not each.startswith("zensical")} <= asked
    assert f"zensical=={version('zensical')}" in named
    assert len(named) == 4


@pytest.mark.parametrize("builder", BUILDERS)
def test_another_engine_builds_the_same_pages_and_no_link_is_dead(builder: str, source: Path, folder: Path) -> None:
    built_by(builder, source)
    assert pages(source / "site") == pages(folder / "site")
    assert Crawler(source / "site").dead == []
    if builder != "zensical":
        assert locations(source / "site") == locations(folder / "site")


def test_a_page_that_the_navigation_leaves_out_is_left_out_where_it_is_written(tmp_path: Path) -> None:
    settings = "not_in_nav: raw.md\nvalidation: {omitted_files: warn}\n" + OF_EACH_NOUN["mkdocs.yml"]
    write(tmp_path, {**OF_EACH_NOUN, "mkdocs.yml": settings, "docs/guides/raw.md": RAW})
    built(tmp_path)
    assert opsbook("generate", "source", cwd=tmp_path).returncode == 0
    built_by("mkdocs", tmp_path / "source")
    assert (tmp_path / "source" / "docs" / "guides" / "raw" / "index.md").is_file()


def test_no_link_is_dead_on_another_engine_where_pages_are_files(tmp_path: Path) -> None:
    settings = OF_EACH_NOUN["mkdocs.yml"] + "use_directory_urls: false\n"
    write(tmp_path, {**OF_EACH_NOUN, "mkdocs.yml": settings})
    assert opsbook("generate", "source", cwd=tmp_path).returncode == 0
    for builder in ("mkdocs", "zensical"):
        site = built_by(builder, tmp_path / "source")
        assert Crawler(site, serves_folders=False).dead == []
        assert (site / "runbooks" / "trial.html").is_file()


def test_the_source_says_who_changed_a_page_and_has_no_links_to_edit_what_nobody_edits(tmp_path: Path) -> None:
    said = "site_name: x\nrepo_url: https://github.com/o/r\nedit_uri: edit/main/docs/\ntheme: {name: material,"
    said += " features: [content.action.edit]}\nplugins: [search, opsbook: {last_change: true}]\n"
    root = write(tmp_path, {**FILES, "docs/page.md": "# Page\n", "mkdocs.yml": said})
    commit(root, "2026-01-15", "Ada & Co")
    assert opsbook("generate", "source", cwd=root).returncode == 0
    site = built(root / "source")
    for page in ("page", "runbooks/trial", "services/cart", "practices/one/first"):
        text = (site / page / "index.html").read_text("utf-8")
        assert "Last changed 2026-01-15 by Ada &amp; Co" in text
        assert 'rel="edit"' not in text


def test_scripts_and_search_work_on_the_site_of_another_engine(source: Path, serve: Serve, page: Pages) -> None:
    """Zensical brings a search of its own, before which the worker of this one steps aside."""
    subprocess.run(BUILDERS["zensical"], cwd=source, capture_output=True, check=True)
    site = serve(source / "site")
    tab = opened(page, f"{site}/runbooks/trial/?namespace=payments")
    assert tab.locator(".ob-copy").count() == tab.locator("[data-ob-command]").count() == 8
    assert frames(tab).first.locator("code").inner_text() == 'kubectl --namespace "payments" describe pod "${POD}"'
    assert copied(tab, frames(tab).nth(4)) == "true"
    tab.goto(f"{site}/runbooks/")
    tab.locator("form[data-ob-filter] [name=find]").fill("tri")
    assert tab.locator("form[data-ob-filter] output").inner_text() == "1 of 2"
    tab.keyboard.press("Control+k")
    tab.locator("input:focus").press_sequentially("limits")
    tab.get_by_text("1 result", exact=True).wait_for()


def test_a_second_run_replaces_what_the_first_one_wrote_and_nothing_else(source: Path, folder: Path) -> None:
    stale = source / "docs" / "stale.md"
    stale.write_text("An old page.\n", encoding="utf-8")
    listed = source / ".opsbook-generated"
    listed.write_text(listed.read_text("utf-8") + "docs/stale.md\n", encoding="utf-8")
    own = source / "own.txt"
    own.write_text("mine", encoding="utf-8")
    assert opsbook("generate", source, cwd=folder).returncode == 0
    assert not stale.exists()
    assert own.read_text("utf-8") == "mine"


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = opsbook("generate", tmp_path, cwd=folder)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        f"{tmp_path}: holds files that `opsbook generate` did not write; name a new or an empty folder"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_engine_without_plugins_is_sent_to_generate_by_the_macros_of_the_handbook(tmp_path: Path) -> None:
    root = write(tmp_path, OF_EACH_NOUN)
    done = subprocess.run(BUILDERS["zensical"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert "for another site engine than MkDocs write the pages with `opsbook generate` first" in done.stderr


def test_snippets_and_the_blocks_of_github_are_in_the_source(tmp_path: Path) -> None:
    said = WITH_MACROS + "markdown_extensions:\n  - pymdownx.snippets: {base_path: [snippets], check_paths: true}\n"
    page = 'Call:\n- the desk\n  - by phone\n\n--8<-- "call.md"\n\n;--8<-- "call.md"\n\n~~Gone~~, see https://example.org/.\n'
    files = {
        **OF_EACH_NOUN,
        "mkdocs.yml": said,
        "docs/page.md": page,
        "snippets/call.md": "Call **the desk** at once.\n",
    }
    (tmp_path / "whole").mkdir()
    root = write(tmp_path / "whole", files)
    made = tmp_path / "source"
    assert opsbook("generate", made, cwd=root).returncode == 0
    assert "snippets" not in (made / "mkdocs.yml").read_text("utf-8")
    again = subprocess.run(BUILDERS["mkdocs"], cwd=made, env=ENVIRONMENT, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    texts = [_article(folder / "site" / "page" / "index.html") for folder in (built(root).parent, made)]
    assert texts[0] == texts[1]
    assert "<p>Call <strong>the desk</strong> at once.</p>" in texts[0]
    assert '<p>--8&lt;-- "call.md"</p>' in texts[0]
    assert "<del>Gone</del>" in texts[0]


def _article(page: Path) -> str:
    html = page.read_text("utf-8")
    article = html[html.index("<article") : html.index("</article")]
    return re.sub(r' class="magiclink[^"]*"', "", re.sub(r"\n\s*\n", "\n", article))
