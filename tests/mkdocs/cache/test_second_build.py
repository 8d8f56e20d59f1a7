"""A second build takes what has not changed from the first one, and gives what a build from nothing gives."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from small_site import CHECKLIST, CONFIG, build, write


def digests(site: Path) -> dict[str, str]:
    files = (file for file in sorted(site.rglob("*")) if file.is_file())
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def a_folder(root: Path, **more: str) -> Path:
    root.mkdir()
    return write(root, {"checklist.yml": CHECKLIST, "mkdocs.yml": CONFIG, **more})


def test_a_tick_gives_the_bytes_of_a_build_from_nothing(tmp_path: Path) -> None:
    ticked = CHECKLIST.replace("title: First\n", "title: First\n        status: doing\n")
    kept, fresh = a_folder(tmp_path / "kept"), a_folder(tmp_path / "fresh")
    assert build(kept).returncode == 0
    for folder in (kept, fresh):
        (folder / "checklist.yml").write_text(ticked, encoding="utf-8")
        assert build(folder).returncode == 0
    assert digests(kept / "site") == digests(fresh / "site")


def test_a_page_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    root = a_folder(tmp_path / "a", **{"docs/extra.md": "# Extra\n\nSaid once.\n"})
    assert build(root).returncode == 0
    (root / "docs" / "extra.md").unlink()
    assert build(root).returncode == 0
    assert not (root / "site" / "extra").exists()
    kept = b"".join(file.read_bytes() for file in (root / ".cache").rglob("*") if file.is_file())
    assert b"Said once." not in kept


def test_a_damaged_cache_costs_time_and_nothing_else(tmp_path: Path) -> None:
    root = a_folder(tmp_path / "a")
    assert build(root).returncode == 0
    whole = digests(root / "site")
    for number, file in enumerate(sorted(file for file in (root / ".cache").rglob("*") if file.is_file())):
        content = file.read_bytes()
        file.write_bytes((content[: len(content) // 2], b"", b"\x00" * 40, content[::-1])[number % 4])
    assert build(root).returncode == 0
    assert digests(root / "site") == whole


def test_what_a_kept_page_said_is_said_again(tmp_path: Path) -> None:
    root = a_folder(tmp_path / "a", **{"docs/page.md": "# Page\n\n[Nothing](nowhere.md)\n"})
    said = [re.findall(r"WARNING +-  (.*nowhere\.md.*)", build(root, "--no-strict").stderr) for _ in range(2)]
    assert len(said[0]) == 1
    assert said[0] == said[1]


def test_a_link_is_made_anew_when_its_target_moves(tmp_path: Path) -> None:
    root = a_folder(tmp_path / "a", **{"docs/page.md": "# Page\n\n[Other](other.md)\n", "docs/other.md": "# Other\n"})
    assert build(root).returncode == 0
    (root / "docs" / "other.md").unlink()
    done = build(root, "--strict")
    assert done.returncode == 1
    assert "other.md" in done.stderr
