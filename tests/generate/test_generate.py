"""The way out: the generated source, built by engines that know nothing of opsbook."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from commands import run_command
from conftest import ROOT
from generated import BUILDERS, OF_EACH_NOUN, built_by
from small_site import built, write


def opsbook(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", *arguments, folder=cwd)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with something of each noun, and its site."""
    root = write(tmp_path_factory.mktemp("each-noun"), OF_EACH_NOUN)
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
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return {entry["location"] for entry in index["docs"]}


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
def test_another_engine_builds_the_same_pages(builder: str, source: Path, folder: Path) -> None:
    built_by(builder, source)
    assert pages(source / "site") == pages(folder / "site")
    if builder != "zensical":
        assert locations(source / "site") == locations(folder / "site")


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
