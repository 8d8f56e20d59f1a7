"""What a build adds to a site for readers without a network."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from commands import run_command
from git_folder import ALONE, commit
from small_site import ENVIRONMENT, build, built, write
from trial_runbook import FILES

CONFIG = "site_name: {NAME}\nstrict: true\ntheme: material\nplugins: [search, {opsbook: {bundle: true}}]\n"
LINK = re.compile(r'<a href="([^"]*)" download>([^<]*)</a>')


def project(root: Path, name: str = "Elsewhere", **files: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    return write(root, {**FILES, "mkdocs.yml": CONFIG.replace("{NAME}", name), **files})


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def kept(site: Path) -> dict[str, str]:
    """The list in the worker of `site`."""
    found = re.search(r"const FILES = (\{.*\});", (site / "sw.js").read_text("utf-8"))
    assert found
    files: dict[str, str] = json.loads(found[1])
    return files


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(tmp_path_factory.mktemp("handbook"))
    commit(root, "2026-03-04")
    return root


def test_the_footer_of_every_page_links_the_copy_with_its_day_and_size(handbook: Path) -> None:
    done = build(handbook, "--verbose", **ALONE)
    assert done.returncode == 0, done.stderr
    site = handbook / "site"
    size = f"{(site / 'elsewhere.zip').stat().st_size / 1e6:.1f}"
    assert f"The offline copy elsewhere.zip has {size} MB" in done.stderr
    assert re.search(r"Browsers keep a copy of \d+ files: \d\.\d MB, \d\.\d MB as they are sent", done.stderr)
    for name in ("index.html", "runbooks/trial/index.html", "practices/index.html"):
        [(href, words)] = LINK.findall((site / name).read_text("utf-8"))
        assert href == "../" * name.count("/") + "elsewhere.zip"
        assert words == f"Offline copy of this site: 2026-03-04, {size} MB"
    assert LINK.findall((site / "404.html").read_text("utf-8")) == []
    with zipfile.ZipFile(site / "elsewhere.zip") as archive:
        page = archive.read("elsewhere/site/runbooks/trial/index.html").decode()
        assert "elsewhere/source/runbooks/trial.md" in archive.namelist()
    assert LINK.findall(page) == []
    assert "A copy of the site as of 2026-03-04." in page


def test_two_builds_give_the_same_bytes_and_so_does_the_command(handbook: Path, tmp_path: Path) -> None:
    build(handbook, **ALONE)
    before = contents(handbook / "site")
    build(handbook, **ALONE)
    assert contents(handbook / "site") == before
    done = run_command(
        "opsbook", "bundle", "-o", tmp_path / "own.zip", folder=handbook, environment={**ENVIRONMENT, **ALONE}
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "own.zip").read_bytes() == before["elsewhere.zip"]


def test_a_published_site_with_its_copy_is_verified(handbook: Path, tmp_path: Path) -> None:
    done = run_command("opsbook", "publish", tmp_path, folder=handbook, environment={**ENVIRONMENT, **ALONE})
    assert done.returncode == 0, done.stderr
    current = tmp_path / "current"
    assert (current / "elsewhere.zip").is_file()
    bundled = run_command(
        "opsbook", "bundle", "--site", current, "-o", tmp_path, folder=handbook, environment={**ENVIRONMENT, **ALONE}
    )
    assert bundled.returncode == 0, bundled.stderr
    # The source and the day are those of the folder; the compressed copies are for a server.
    assert (tmp_path / "elsewhere.zip").read_bytes() == (current / "elsewhere.zip").read_bytes()


def test_the_list_of_the_worker_has_what_is_needed_and_what_that_loads(tmp_path: Path) -> None:
    config = CONFIG.replace("{NAME}", "Elsewhere").replace("search", "search: {lang: [en, de, ja]}")
    config = config.replace("[", "[{", 1).replace("]}, {", "]}}, {", 1) + "extra_css: [own.css]\n"
    files = {
        "mkdocs.yml": config,
        "docs/own.css": ".x { background: url(pictures/on.png) } .y { background: url('https://e.example/x.png') }\n",
        "docs/pictures/on.png": "png",
        "docs/pictures/off.png": "png",
        "runbooks/other.md": FILES["runbooks/other.md"].replace("Something.", "![A plan](plan.png)"),
        "runbooks/plan.png": "png",
    }
    names = kept(built(project(tmp_path, **files)))
    assert {"", "runbooks/", "runbooks/trial/", "runbooks/old-trial/", "alerts/TrialLooping/"} <= names.keys()
    assert {"own.css", "pictures/on.png", "runbooks/plan.png", "search/search_index.json"} <= names.keys()
    words = sorted(name.rpartition("/")[2] for name in names if "lunr" in name)
    assert words == [
        "lunr.de.min.js",
        "lunr.ja.min.js",
        "lunr.multi.min.js",
        "lunr.stemmer.support.min.js",
        "tinyseg.js",
    ]
    wrong = [
        name for name in names if re.search(r"practices|roadmap|off\.png|\.map$|\.zip$|sitemap|404|index\.md", name)
    ]
    assert wrong == []


def test_pages_without_folders_of_their_own_are_kept_and_bundled_too(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "mkdocs.yml").write_text(CONFIG.replace("{NAME}", "日本の店") + "use_directory_urls: false\n", "utf-8")
    site = built(root)
    assert {"", "runbooks/", "runbooks/trial.html", "alerts/OtherDown/"} <= kept(site).keys()
    assert '<a href="../%E6%97%A5%E6%9C%AC%E3%81%AE%E5%BA%97.zip" download>' in (
        site / "runbooks/trial.html"
    ).read_text("utf-8")
    with zipfile.ZipFile(site / "日本の店.zip") as archive:
        assert "日本の店/site/runbooks/trial.html" in archive.namelist()


def test_what_a_site_has_itself_stays(tmp_path: Path) -> None:
    own = {"docs/sw.js": "// mine\n", "docs/elsewhere.zip": "mine"}
    root = project(tmp_path, **own)
    done = build(root, "--no-strict", "--verbose")
    assert done.returncode == 0, done.stderr
    site = root / "site"
    assert (site / "sw.js").read_text() == "// mine\n"
    assert (site / "elsewhere.zip").read_text() == "mine"
    assert "The site has a file sw.js of its own, so browsers keep no copy by Opsbook" in done.stderr
    assert "The site has a file elsewhere.zip of its own, so that no offline copy of it is linked" in done.stderr
    assert LINK.findall((site / "index.html").read_text("utf-8")) == []
    assert 'const WORKER = ""' in (site / "assets/opsbook/opsbook.js").read_text("utf-8")


def test_the_source_of_a_site_in_a_larger_repository_is_what_it_is_made_of(tmp_path: Path) -> None:
    moved = FILES["runbooks/trial.md"].replace("../docs/", "../../pages/")
    root = project(tmp_path / "ops/handbook", **{"runbooks/trial.md": moved})
    shutil.move(root / "docs", tmp_path / "ops/pages")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/app.py").write_text("print()\n")
    (root / "mkdocs.yml").write_text(CONFIG.replace("{NAME}", "Elsewhere") + "docs_dir: ../pages\n")
    (root / ".gitattributes").write_text("notes.txt export-ignore\n")
    (root / "notes.txt").write_text("For us alone.\n")
    commit(tmp_path, "2026-03-04")
    (root / "notes.txt").write_text("Changed.\n")
    done = run_command("opsbook", "bundle", folder=root, environment={**ENVIRONMENT, **ALONE})
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(root / "elsewhere.zip") as archive:
        names = [name.partition("/source/")[2] for name in archive.namelist() if "/source/" in name]
        readme = archive.read("elsewhere/README.txt").decode()
    assert {"handbook/mkdocs.yml", "handbook/checklist.yml", "pages/practices/one/first.md"} <= {*names}
    assert not [name for name in names if "app.py" in name or "notes" in name]
    assert "    cd source/handbook\n    python -m pip install opsbook\n" in readme
    assert "changes of 1 file" in done.stderr


def test_a_mistake_in_the_allowed_secrets_leaves_the_site_that_was_there(tmp_path: Path) -> None:
    root = project(tmp_path)
    commit(root, "2026-03-04")
    done = build(root, SOURCE_DATE_EPOCH="1772625600", **ALONE)
    assert done.returncode == 0, done.stderr
    before = contents(root / "site")
    (root / ".secrets.yml").write_text("exceptions: 7\n")
    done = build(root, **ALONE)
    assert done.returncode == 1
    assert ".secrets.yml:1:13" in done.stderr
    assert contents(root / "site") == before
    assert [path.name for path in root.iterdir() if path.name.endswith(".part")] == []
