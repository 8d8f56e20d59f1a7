"""What Backstage builds by its plugin, beside this engine and from the generated source.

`scripts/backstage` installs both into folders of programs, which it names in BACKSTAGE and TECHDOCS, and runs this.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from each_noun import OF_EACH_NOUN
from small_site import ENVIRONMENT, write

BOTH, ALONE = Path(os.environ.get("BACKSTAGE", "")), Path(os.environ.get("TECHDOCS", ""))
PAGE = ROOT / "docs/opsbook/backstage.md"
MACROS = "  - macros: {module_name: macros/main, render_by_default: false, on_error_fail: true, on_undefined: strict}\n"


def shown_config() -> str:
    """The configuration that the manual shows."""
    return str(re.findall(r"```yaml\n(site_name.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[0])


def run(*command: str | Path, folder: Path) -> str:
    inherited = {name: value for name, value in ENVIRONMENT.items() if name != "PYTHONPATH"}
    done = subprocess.run(list(map(str, command)), cwd=folder, env=inherited, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


def handbook(root: Path, config: str) -> Path:
    return write(root, {**OF_EACH_NOUN, "mkdocs.yml": config + MACROS})


def pages(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("*.html")} - {"search.html"}


def article(site: Path, page: str) -> str:
    text = (site / page / "index.html").read_text("utf-8")
    return text.partition("<article")[2].partition("</article>")[0]


def found(site: Path, query: str) -> set[str]:
    """The pages that Backstage finds: it reads title and text of each entry, and looks for the words as they begin."""
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    hits = set()
    for entry in index["docs"]:
        words = re.split(r"\W+", re.sub("<[^>]+>", " ", f"{entry['title']} {entry['text']}").casefold())
        if all(any(word.startswith(part) for word in words) for part in query.casefold().split()):
            hits.add(entry["location"].partition("#")[0])
    return hits


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = handbook(tmp_path_factory.mktemp("direct"), shown_config().replace("  - techdocs-core\n", ""))
    run(BOTH / "mkdocs", "build", "--strict", folder=root)
    return root / "site"


def test_the_newest_of_both_are_installed_together() -> None:
    listed = installed(BOTH)
    assert listed["mkdocs-techdocs-core"] == installed(ALONE)["mkdocs-techdocs-core"]
    assert int(listed["mkdocs-techdocs-core"].partition(".")[0]) >= 1
    assert listed["mkdocs-material"] == installed(ALONE)["mkdocs-material"]


def installed(programs: Path) -> Mapping[str, str]:
    code = (
        "import json,importlib.metadata as m; print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))"
    )
    done = subprocess.run([programs / "python", "-c", code], capture_output=True, text=True, check=True)
    listed: dict[str, str] = json.loads(done.stdout)
    return listed


@pytest.mark.parametrize("with_search", [True, False])
def test_the_set_up_of_the_manual_builds_the_same_pages(with_search: bool, tmp_path: Path, direct: Path) -> None:
    config = shown_config()
    config = config if with_search else config.replace("  - search\n", "")
    root = handbook(tmp_path, config)
    said = run(BOTH / "mkdocs", "build", "--strict", folder=root)
    lost = "the palette" if with_search else "the palette and the search box"
    assert f"mkdocs-techdocs-core takes {lost} away; Backstage has its own" in said
    assert pages(root / "site") == pages(direct)
    assert json.loads((root / "site" / "techdocs_metadata.json").read_text("utf-8"))["site_name"] == "Handbook"
    for page in ("runbooks/trial", "practices/one/first", "glossary", "services/cart"):
        shown = re.sub(r"<p hidden>[^<]*</p>\n", "", article(root / "site", page))
        assert shown == article(direct, page), page
    assert found(root / "site", "triallooping") >= {"runbooks/trial/"}
    assert found(root / "site", "trial waited") >= {"runbooks/trial/"}


@pytest.mark.parametrize("options", ["techdocs-core", {"techdocs-core": {"use_material_search": True}}])
def test_the_generated_source_is_built_without_opsbook(options: object, tmp_path: Path, direct: Path) -> None:
    root = handbook(tmp_path, shown_config().replace("  - techdocs-core\n", ""))
    run(BOTH / "opsbook", "generate", "build/techdocs", folder=root)
    source = Path(shutil.move(root / "build" / "techdocs", tmp_path / "elsewhere"))
    file = source / "mkdocs.yml"
    head, _, rest = file.read_text("utf-8").partition("\nplugins:\n")
    file.write_text(f"{head}\nplugins:\n{yaml.safe_dump([options])}{rest}", "utf-8")
    run(ALONE / "mkdocs", "build", "--strict", folder=source)
    assert pages(source / "site") == pages(direct)
    for query, page in {"TrialLooping": "runbooks/trial/", "trial waited": "runbooks/trial/"}.items():
        assert found(source / "site", query) >= {page}
    assert "linenos" not in article(source / "site", "runbooks/trial")
