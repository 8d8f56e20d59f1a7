"""Files that a command writes: the old content or the new one, whatever happens on the way."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commands import run_command
from opsbook.problems import ProblemsError
from opsbook.whole import write_file, write_files
from small_site import CHECKLIST

RULES = """\
groups:
  - name: orders
    rules:
      - alert: OrdersSlow
        expr: up == 0
"""
RUNBOOK = (
    (Path(__file__).parent.parent / "nouns/runbook/broken/whole.md")
    .read_text("utf-8")
    .replace("id: whole", "id: orders")
    .replace("[OrdersSlow]", "[OrdersSlow, OrdersDown]")
)


def opsbook(
    root: Path, *arguments: str, room: int | None = None, base: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command; no file that it writes may grow beyond `room` bytes, as if the disk were full."""
    environment = os.environ if base is None else {**os.environ, "SITE_URL": base}
    if room is None:
        return run_command("opsbook", *arguments, folder=root, environment=environment)
    return subprocess.run(
        [sys.executable, "-c", "from opsbook.cli import main; main()", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    written = {
        "checklist.yml": CHECKLIST,
        "mkdocs.yml": "site_name: Elsewhere\ntheme: material\nplugins: [opsbook]\n",
        "rules/one.yml": RULES,
        "rules/two.yml": RULES.replace("Slow", "Down"),
        "runbooks/orders.md": RUNBOOK,
        "docs/.keep": "",
        "post-mortems/.keep": "",
        "generated/.opsbook-generated": "docs/old.md\n",
        "generated/docs/old.md": "of an earlier run",
    }
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("alerts", "rules", "--base", "https://ops.example.org/", "--write"), "rules/one.yml"),
        (("import", "checklist.yml", "--force"), "checklist.yml"),
        (("export", "--force", "-o", "checklist.yml"), "checklist.yml"),
        (("schema", "-o", "mkdocs.yml"), "mkdocs.yml"),
        (("diagram", "new", "stores"), "diagrams/stores.py"),
        (("post-mortem", "new", "Orders down"), "post-mortems/"),
    ],
)
def test_a_full_disk_leaves_every_file_as_it_was_and_is_one_sentence(
    project: Path, arguments: tuple[str, ...], named: str
) -> None:
    before = files(project)
    done = opsbook(project, *arguments, room=100)
    assert done.returncode == 1
    assert done.stdout == ""
    first, *others = done.stderr.splitlines()
    assert first.startswith(named)
    assert first.endswith(": cannot be written: File too large")
    assert others == ["1 problem found"]
    assert {name: text for name, text in files(project).items() if not name.startswith(".cache/")} == before


def test_a_full_disk_leaves_a_generated_folder_as_it_was(project: Path) -> None:
    shutil.rmtree(project / "runbooks")
    before = files(project / "generated")
    done = opsbook(project, "generate", "generated", room=1000)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("generated/")
    assert files(project / "generated") == before


def test_mode_and_links_stay_when_a_file_is_rewritten(project: Path) -> None:
    rules = project / "rules/one.yml"
    rules.rename(project / "rules/kept.txt")
    (project / "rules/kept.txt").chmod(0o640)
    rules.symlink_to("kept.txt")
    done = opsbook(project, "alerts", "rules", "--base", "https://ops.example.org/", "--write")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "rules/one.yml: written\nrules/two.yml: written\n"
    assert rules.is_symlink()
    assert "https://ops.example.org/alerts/OrdersSlow/" in (project / "rules/kept.txt").read_text("utf-8")
    assert (project / "rules/kept.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "address",
    ["x", "ops.example.org", "/runbooks", "ftp://ops.example.org/", "https://", "https://a b/", "https://a/?q"],
)
@pytest.mark.parametrize("how", ["option", "environment"])
def test_links_are_made_below_an_address_and_nothing_else(project: Path, address: str, how: str) -> None:
    before = files(project)
    if how == "option":
        done = opsbook(project, "alerts", "rules", "--base", address, "--write")
    else:
        done = opsbook(project, "alerts", "rules", "--write", base=address)
    assert done.returncode == 2
    message = f"Error: `{address}` is no address of a site; give one such as https://ops.example.org/"
    assert done.stderr.splitlines()[-1] == message
    assert files(project) == before


def test_a_stream_is_written_into(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text("utf-8")))
    reader.start()
    write_file(tmp_path / "pipe", "text")
    reader.join()
    assert read == ["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_one_file_that_cannot_be_written_keeps_the_others_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("old", "utf-8")
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(ProblemsError) as caught:
        write_files({tmp_path / "one": b"new", tmp_path / "circle": b"new"})
    assert str(caught.value) == f"{tmp_path}/circle: cannot be written: Too many levels of symbolic links"
    assert (tmp_path / "one").read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "one"]


def test_a_new_file_gets_the_usual_mode_and_takes_no_ones_place(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", "text", is_new=True)
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    with pytest.raises(ProblemsError, match="cannot be written: File exists"):
        write_file(tmp_path / "new", "other", is_new=True)
    assert (tmp_path / "new").read_text("utf-8") == "text"
