"""Files that are none, links that lead out or around, names and places that two things want: refused by name."""

from __future__ import annotations

import ctypes
import os
import socket
from pathlib import Path

import pytest

from small_site import CHECKLIST, CONFIG, built, check, refused, write

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def obey_permissions() -> None:
    """Let what this process starts be refused what a file's mode forbids, also where it runs as root."""
    if os.getuid() == 0:
        for override in (1, 2):  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by PR_CAPBSET_DROP
            ctypes.CDLL(None).prctl(24, override, 0, 0, 0)


def project(folder: Path, files: dict[str, str] | None = None) -> Path:
    root = folder / "project"
    root.mkdir()
    for name in ("docs/practices/one", "docs/templates", "docs/api", "runbooks/rules", "post-mortems", "diagrams"):
        (root / name).mkdir(parents=True)
    return write(root, files or {})


FOLDERS = (
    "docs",
    "docs/practices/one",
    "docs/templates",
    "docs/api",
    "runbooks",
    "runbooks/rules",
    "post-mortems",
    "diagrams",
)


def test_links_out_of_the_project_are_refused_by_name_and_nothing_of_them_is_published(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    for name in ("file.txt", "page.md"):
        (tmp_path / "outside" / name).write_text("probe", "utf-8")
    root = project(tmp_path)
    expected = []
    for folder in FOLDERS:
        up = "../" * (folder.count("/") + 2)
        for name, target in (("f.txt", "outside/file.txt"), ("p.md", "outside/page.md"), ("d", "outside")):
            (root / folder / name).symlink_to(f"{up}{target}")
            message = f"links to `{up}{target}`, which lies outside of the project; allowed: a link to what is inside"
            expected.append(f"{folder}/{name}: {message}")
    assert refused(root) == sorted(expected)
    assert not (root / "site").exists()


def test_links_inside_the_project_are_followed(tmp_path: Path) -> None:
    root = project(tmp_path, {"texts/more/a.md": "# A\n", "texts/b.txt": "b"})
    (root / "docs" / "more").symlink_to("../texts/more")
    (root / "docs" / "b.txt").symlink_to(root / "texts" / "b.txt")
    assert check(root) == (0, [])
    assert (built(root) / "more" / "a" / "index.html").exists()
    assert (root / "site" / "b.txt").read_text("utf-8") == "b"


def test_links_in_a_circle_upwards_to_nothing_and_to_what_is_hidden_are_refused_without_a_hang(tmp_path: Path) -> None:
    root = project(tmp_path, {".env": "KEY=probe"})
    (root / "docs" / "self").symlink_to("self")
    (root / "docs" / "up").symlink_to("..")
    (root / "docs" / "here").symlink_to(".")
    (root / "docs" / "gone.md").symlink_to("nowhere")
    (root / "docs" / "env.txt").symlink_to("../.env")
    (root / "docs" / ".hidden").symlink_to("..")
    (root / "runbooks" / "rules" / "again").symlink_to("../../runbooks")
    assert refused(root) == [
        "docs/.hidden: links to `..`, a folder that it lies in itself; remove it",
        "docs/env.txt: links to `../.env`, which is hidden; allowed: a link to what has no dot at its start",
        "docs/gone.md: links to `nowhere`, which is not there",
        "docs/here: links to `.`, a folder that it lies in itself; remove it",
        "docs/self: links to `self`, and from there back to itself; remove it",
        "docs/up: links to `..`, a folder that it lies in itself; remove it",
        "runbooks/rules/again: links to `../../runbooks`, a folder that it lies in itself; remove it",
    ]


def test_folders_that_link_to_each_other_come_to_an_end(tmp_path: Path) -> None:
    root = project(tmp_path)
    for number in range(20):
        (root / "texts" / str(number)).mkdir(parents=True)
        for name in ("a", "b"):
            (root / "texts" / str(number) / name).symlink_to(f"../{number + 1}")
    (root / "docs" / "start").symlink_to("../texts/0")
    code, said = check(root)
    assert code == 1
    assert any("more than 3000 files lie below links to folders; link to less" in line for line in said)


def test_special_files_are_refused_unopened(tmp_path: Path) -> None:
    root = project(tmp_path)
    expected = []
    for folder in FOLDERS:
        for name in ("f.md", "f.yml", "f.py", "f.txt"):
            os.mkfifo(root / folder / name)
            expected.append(f"{folder}/{name}: this is a named pipe; allowed: a regular file")
    (root / "docs" / "null.md").symlink_to("/dev/zero")
    expected.append(
        "docs/null.md: links to `/dev/zero`, which lies outside of the project; allowed: a link to what is inside"
    )
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(root / "docs")
        server.bind("s.md")
        os.chdir(here)
    expected.append("docs/s.md: this is a socket; allowed: a regular file")
    assert refused(root) == sorted(expected)


@pytest.mark.parametrize("name", ["checklist.yml", "services.yml", "docs/glossary.yml", "macros/main.py"])
def test_a_named_pipe_in_place_of_a_known_file_is_refused_unopened(tmp_path: Path, name: str) -> None:
    root = project(tmp_path)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    code, said = check(root)
    assert code == 1
    assert f"{name}: this is a named pipe; allowed: a regular file" in said


def test_names_that_no_address_can_hold_are_refused(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "docs" / os.fsdecode(b"caf\xe9.md")).write_text("# A\n", "utf-8")
    (root / "docs" / "a\u202eb.txt").write_text("x", "utf-8")
    (root / "docs" / "a\nb.md").write_text("x", "utf-8")
    assert refused(root) == [
        "docs/a\\nb.md: this name holds a backslash, a tab or a line end; rename it",
        "docs/a\\u202eb.txt: in this name the bidirectional control U+202E is not allowed; remove it",
        "docs/caf\\xe9.md: this name is not UTF-8; rename it",
    ]


def test_what_may_not_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    checklist = CHECKLIST.replace(
        "        title: First\n", "        title: First\n        evidence: [{file: proof, contains: x}]\n"
    )
    root = project(tmp_path, {"checklist.yml": checklist, "proof": "x", "diagrams/a.py": "x", "docs/a.md": "x"})
    (root / "docs" / "locked").mkdir()
    closed = ["docs/locked", "docs/practices", "docs/api", "runbooks/rules", "proof", "diagrams/a.py", "docs/a.md"]
    for name in closed:
        (root / name).chmod(0)
    code, said = check(root, before=obey_permissions)
    for name in closed:
        (root / name).chmod(0o700)
    assert code == 1
    assert said == [
        "checklist.yml:12:44: `proof` cannot be read: Permission denied",
        *(f"{name}: cannot be read: Permission denied" for name in sorted(closed) if name != "proof"),
    ]


def test_a_path_that_the_system_refuses_is_a_problem_with_its_place(tmp_path: Path) -> None:
    long = "a" * 256
    checklist = CHECKLIST.replace(
        "        title: First\n", f"        title: First\n        evidence: [{{file: {long}}}, {{file: loop}}]\n"
    )
    root = project(tmp_path, {"checklist.yml": checklist})
    (root / "loop").symlink_to("loop")
    shown = long[:119] + "…"
    assert refused(root) == [
        f"checklist.yml:12:27: `{shown}` cannot be looked at: File name too long",
        f"checklist.yml:12:{37 + len(long)}: `loop` is no path of a file; name one from the repository's root",
    ]


MADE = "the site makes this page itself; rename it or remove it"
TAKEN = {
    "docs/index.md": "has the same address as docs/README.md; rename one",
    "docs/roadmap.md": MADE,
    "docs/Roadmap/index.md": "the site makes `roadmap/` itself, which differs in capitals alone; rename this page",
    "docs/practices/one/first/index.md": f"{MADE}; a guide has the address of its item, practices/<area>/<item>.md",
    "docs/badges/overall.svg": "the site makes this file itself; rename it or remove it",
    "docs/roadmap": "the site makes a folder of this name; rename it",
    "docs/assets/opsbook/redirect.js/x.txt": "the site makes a file `assets/opsbook/redirect.js`; rename this folder",
    "docs/guide.md": "has the same address as docs/guide/index.md; rename one",
}


def test_what_stands_where_the_site_makes_something_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    root = project(tmp_path, {**dict.fromkeys(TAKEN, "text"), "docs/guide/index.md": "a", "docs/README.md": "a"})
    said = refused(root)
    assert {f"{path}: {message}" for path, message in TAKEN.items()} <= set(said)


def test_guides_and_what_mkdocs_leaves_out_stand_where_they_belong(tmp_path: Path) -> None:
    files = {"docs/practices/one/first.md": "## Why it matters\n", "docs/README.md": "# Of the folder\n"}
    root = project(tmp_path, {**files, "mkdocs.yml": CONFIG + "exclude_docs: |\n  README.md\n"})
    assert check(root)[0] == 0
    assert "Why it matters" in (built(root) / "practices" / "one" / "first" / "index.html").read_text("utf-8")
