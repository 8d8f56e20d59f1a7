"""What one run keeps for the next."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from opsbook.store import FILE, Store, key_of
from opsbook.versions import program_version, versions


def test_a_value_is_found_by_its_name_and_its_key_alone(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write("a", "1", b"\0one")
        store.write_json("b", "1", {"two": [2]})
    with Store(tmp_path) as store:
        assert store.read("a", "1") == b"\0one"
        assert store.read_json("b", "1") == {"two": [2]}
        assert store.read("a", "2") is store.read("c", "1") is store.read_json("c", "1") is None
        store.write("a", "2", b"three")
        assert store.read("a", "1") is None


def test_what_nobody_asked_for_goes_when_a_run_tidies_up(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for name in "abc":
            store.write(name, "1", b"")
    with Store(tmp_path) as store:
        store.read("a", "other key")
        store.write("d", "1", b"")
        store.prune()
        assert [store.read(name, "1") for name in "abcd"] == [b"", None, None, b""]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda _whole: b"",
        lambda _whole: b"\xff" * 4000,
        lambda whole: whole.replace(b"the content", b"The content"),
        lambda whole: whole.replace(b"the key", b"The key"),
    ],
    ids=["half-written", "empty", "noise", "altered", "another key"],
)
def test_what_is_damaged_is_missing_and_can_be_written_again(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    with Store(tmp_path) as store:
        store.write("name", "the key", b"the content")
    (tmp_path / FILE).write_bytes(damage((tmp_path / FILE).read_bytes()))
    with Store(tmp_path) as store:
        assert store.read("name", "the key") is None
    with Store(tmp_path) as store:
        store.write("name", "the key", b"the content")
        assert store.read("name", "the key") == b"the content"


def test_a_content_without_its_checksum_is_missing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write("name", "1", b"content")
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("update kept set checksum = ''")
    with Store(tmp_path) as store:
        assert store.read("name", "1") is None


@pytest.mark.parametrize("folder", ["file", "file/below", None])
def test_a_store_that_cannot_be_written_keeps_nothing(tmp_path: Path, folder: str | None) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with Store(tmp_path / folder if folder else None) as store:
        store.write("name", "1", b"")
        assert store.read("name", "1") is None
        store.prune()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_key_changes_with_each_version_and_each_input() -> None:
    keys = {
        key_of("1", "a", "b"),
        key_of("2", "a", "b"),
        key_of("1", "ab"),
        key_of("1", "b", "a"),
        key_of("1", "a"),
        key_of("1a", "b"),
    }
    assert len(keys) == 6
    assert key_of("1", "ä") == key_of("1", "ä".encode())
    assert key_of("1", "\udcff") != key_of("1", "\udcfe")


def test_a_version_tells_python_packages_and_the_code_below_a_folder(tmp_path: Path) -> None:
    assert len({versions(), versions(code="shell"), versions("jinja2"), versions("no-such-package")}) == 4
    program = tmp_path / "tool"
    program.write_text("1", encoding="utf-8")
    first = program_version(program)
    program.write_text("22", encoding="utf-8")
    assert len({first, program_version(program), program_version(tmp_path / "gone")}) == 3
