"""Readers of a site, while it is built and after a build that did not come to its end."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from commands import run_command
from small_site import CHECKLIST, CONFIG, build, built, write

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600"}
READ = ("index.html", "search/search_index.json", "practices/one/first/index.html", "assets/opsbook/opsbook.js")
DEADLY = """\
import os, signal

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

globals()[os.environ.get("DIE_AT", "none")] = die
"""
"""A hook that ends the build without a farewell, at the event that the environment names."""


def content(folder: Path) -> Mapping[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def left_over(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*.part")]


def mkdocs(root: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    options = ("build", "-f", "mkdocs.yml", *(options or ("--quiet",)))
    return run_command("mkdocs", *options, folder=root, environment={**ENVIRONMENT, **more})


def change(root: Path, title: str) -> None:
    (root / "checklist.yml").write_text(CHECKLIST.replace("title: First", f"title: {title}"), "utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose site is built. A test may change it and build again."""
    folder = tmp_path_factory.mktemp("published")
    write(folder, {"mkdocs.yml": f"{CONFIG}hooks: [deadly.py]\n", "deadly.py": DEADLY})
    built(folder)
    return folder


def reads(site: Path, is_over: threading.Event) -> Iterator[tuple[str, bytes]]:
    while not is_over.is_set():
        for name in READ:
            yield name, (site / name).read_bytes() if (site / name).is_file() else b"missing"


def test_a_reader_sees_each_file_whole_while_the_site_is_built(root: Path) -> None:
    seen: dict[str, set[bytes]] = {name: set() for name in READ}
    is_over = threading.Event()

    def look() -> None:
        for name, found in reads(root / "site", is_over):
            seen[name].add(found)

    versions = [content(root / "site")]
    reader = threading.Thread(target=look)
    reader.start()
    for title in ("Changed", "Changed once more"):
        change(root, title)
        built(root)
        versions.append(content(root / "site"))
    is_over.set()
    reader.join()
    for name, found in seen.items():
        assert found <= {version[name] for version in versions}, name
    assert len(seen["index.html"] | seen["practices/one/first/index.html"]) > len(READ)


def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_tidies_up(root: Path) -> None:
    before = content(root / "site")
    change(root, "After all kills")
    for event in ("on_pre_build", "on_env", "on_post_page", "on_post_build"):
        assert mkdocs(root, DIE_AT=event).returncode == -9
        assert content(root / "site") == before
        assert len(left_over(root)) == 1
    assert mkdocs(root).returncode == 0
    assert b"After all kills" in content(root / "site")["practices/one/first/index.html"]
    assert not left_over(root)


def test_a_process_that_is_killed_while_it_changes_over_leaves_one_whole_folder(tmp_path: Path) -> None:
    script = """\
import shutil, sys
from pathlib import Path
from opsbook.mkdocs.stage import Stage
root = Path(sys.argv[1])
print("ready", flush=True)
for turn in range(10**6):
    stage = Stage(root / "site")
    for number in range(60):
        (stage.folder / f"{number}.html").write_text(str(turn))
    stage.publish()
"""
    for turn in range(12):
        command = [sys.executable, "-c", script, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            process.stdout.readline()
            while not (tmp_path / "site").is_dir():
                assert process.poll() is None
            time.sleep(0.003 * turn)
            process.kill()
        found = content(tmp_path / "site")
        assert len(found) == 60
        assert len(set(found.values())) == 1
    assert len(list(tmp_path.iterdir())) <= 2  # The site, and what the last one left.


def test_a_full_disk_leaves_the_old_site_and_is_one_sentence(root: Path) -> None:
    before = content(root / "site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    line = f"ERROR   -  {root / 'site'}: cannot be written: File too large; the site that was there stays"
    assert line in done.stderr.splitlines()
    assert content(root / "site") == before
    assert not left_over(root)


def test_two_builds_at_once_both_end_with_the_whole_site(root: Path) -> None:
    change(root, "Two at once")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    builds = [subprocess.Popen(command, cwd=root, env=ENVIRONMENT, stderr=subprocess.PIPE) for _ in range(2)]
    assert [each.communicate()[1] for each in builds] == [b"", b""]
    assert [each.returncode for each in builds] == [0, 0]
    both = content(root / "site")
    assert mkdocs(root).returncode == 0
    assert content(root / "site") == both
    assert not left_over(root)


def test_a_strict_build_that_warns_leaves_the_old_site(root: Path) -> None:
    before = content(root / "site")
    (root / "docs/page.md").write_text("[a page](nowhere.md)\n", "utf-8")
    done = mkdocs(root, "--strict")
    (root / "docs/page.md").unlink()
    assert (done.returncode, done.stdout) == (1, "\nAborted with 1 warnings in strict mode!\n")
    assert content(root / "site") == before
    assert not left_over(root)


def test_what_is_not_of_the_build_stays(root: Path) -> None:
    site = root / "site"
    (site / ".well-known").mkdir()
    (site / ".well-known/security.txt").write_text("Contact: team", "utf-8")
    (site / "gone.html").write_text("of a page that is gone", "utf-8")
    site.chmod(0o2750)
    assert mkdocs(root).returncode == 0
    assert (site / ".well-known/security.txt").read_text("utf-8") == "Contact: team"
    assert not (site / "gone.html").exists()
    assert site.stat().st_mode & 0o7777 == 0o2750


def test_a_site_behind_a_link_is_built_where_the_link_leads(root: Path, tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    (tmp_path / "linked").symlink_to("current")
    assert mkdocs(root, "--quiet", "--site-dir", str(tmp_path / "linked")).returncode == 0
    assert (tmp_path / "linked").is_symlink()
    assert (tmp_path / "current/index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "linked"]


def test_a_folder_that_must_stay_the_same_one_gets_its_files_one_by_one(root: Path) -> None:
    (root / "files.yml").write_text(CONFIG.replace("opsbook", "opsbook: {change_over: files}"), "utf-8")
    (root / "site/index.html").unlink()
    (root / "site/index.html").mkdir()
    (root / "site/old/folder").mkdir(parents=True)
    before = (root / "site").stat().st_ino
    done = build(root, "-f", "files.yml", "--strict")
    assert done.returncode == 0, done.stderr
    assert "one by one, since the folder itself stays the same one" in done.stderr
    assert (root / "site").stat().st_ino == before
    assert (root / "site/index.html").is_file()
    assert not (root / "site/old").exists()
    assert not left_over(root)


def test_a_dirty_build_keeps_the_pages_that_it_does_not_write(root: Path) -> None:
    (root / "site/page-of-before.html").write_text("kept", "utf-8")
    (root / "mkdocs.yml").write_text(CONFIG.replace("strict: true", "strict: false"), "utf-8")  # MkDocs warns of it.
    assert mkdocs(root, "--dirty").returncode == 0
    assert (root / "site/page-of-before.html").read_text("utf-8") == "kept"
    assert (root / "site/index.html").is_file()


def test_properdocs_changes_over_too(root: Path) -> None:
    change(root, "By another engine")
    before = (root / "site").stat().st_ino
    command = [sys.executable, "-m", "properdocs", "build", "-f", "mkdocs.yml", "--quiet"]
    done = subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert b"By another engine" in content(root / "site")["practices/one/first/index.html"]
    assert (root / "site").stat().st_ino != before
    assert not left_over(root)
