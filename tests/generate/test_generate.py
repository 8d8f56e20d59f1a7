"""The way out: the generated source, built by engines that know nothing of opsbook."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_command
from conftest import ROOT
from drawing_scripts import PAIR
from opsbook.nouns.post_mortem.model import fill, load_template
from small_site import ENVIRONMENT, WITH_MACROS, built, write
from trial_runbook import FILES

BUILDERS = {
    "properdocs": [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
    "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--strict"],
    "zensical": [str(Path(sys.executable).with_name("zensical")), "build"],
}


TRACK = """\
---
title: Developer
summary: From nothing to something.
day-one: [{page: page.md, do: Read it.}]
week-one: [{item: first, title: The first thing, do: Do it.}]
month-one: [{runbook: other, do: Walk through it.}]
---
"""
API = """\
openapi: 3.0.3
info: {title: Cart, version: '1'}
paths:
  /carts: {get: {responses: {'200': {description: All.}}}}
"""
PAGE = "---\nrender_macros: true\n---\n\n# Page\n\nAn SLO. {{ progress() }}\n"
OF_EACH_NOUN = {
    **FILES,
    "mkdocs.yml": WITH_MACROS,
    "macros/main.py": (ROOT / "macros" / "main.py").read_text("utf-8"),
    "docs/page.md": PAGE,
    "docs/glossary.yml": "terms:\n  - {term: Service level objective, abbreviation: SLO, meaning: What is promised.}\n",
    "docs/onboarding/developer.md": TRACK,
    "docs/api/cart.yaml": API,
    "diagrams/pair.py": PAIR,
    "post-mortems/2026-03-04-orders.md": fill(
        load_template(Path("none"), "none"), {"title": "Orders", "severity": "sev2", "started": "2026-03-04T10:00Z"}
    ),
}


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


@pytest.mark.parametrize("builder", BUILDERS)
def test_another_engine_builds_the_same_pages(builder: str, source: Path, folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(BUILDERS[builder], cwd=source, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
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
