"""One folder in the place of another, by each of the ways that a system may have."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from pathlib import Path

import pytest

from opsbook.mkdocs import swap
from opsbook.mkdocs.stage import Stage


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "page.html").write_text(text, "utf-8")
    return path


def test_a_folder_changes_over_whether_one_was_there_or_not(tmp_path: Path) -> None:
    for text in ("first", "second"):
        assert swap.change_over(folder(tmp_path / "new", text), tmp_path / "site")
        assert (tmp_path / "site/page.html").read_text("utf-8") == text
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_call_by_its_number_does_what_its_function_does(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")
    library = ctypes.CDLL(None, use_errno=True)
    number = swap._NUMBERS[platform.machine()]
    assert library.syscall(number, -100, os.fsencode(one), -100, os.fsencode(other), 2) == 0
    assert ((one / "page.html").read_text(), (other / "page.html").read_text()) == ("2", "1")


def test_two_renames_do_it_where_the_system_cannot_exchange(tmp_path: Path) -> None:
    folder(tmp_path / "site", "old")
    assert swap._renamed_twice(folder(tmp_path / ".site.0123456789abcdef.part", "new"), tmp_path / "site")
    assert (tmp_path / "site/page.html").read_text("utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_next_build_puts_back_what_ended_between_two_renames(tmp_path: Path) -> None:
    folder(tmp_path / ".site.0123456789abcdef.old.part", "old")
    folder(tmp_path / ".site.0123456789abcdef.part", "new")
    stage = Stage(tmp_path / "site")
    assert (tmp_path / "site/page.html").read_text("utf-8") == "old"
    stage.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_another_build_is_working_in_stays(tmp_path: Path) -> None:
    first = Stage(tmp_path / "site")
    second = Stage(tmp_path / "site")
    assert first.folder.is_dir()
    assert first.folder != second.folder


def test_an_error_of_the_exchange_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file or directory") as caught:
        swap.exchange(tmp_path / "one", tmp_path / "other")
    assert caught.value.errno == errno.ENOENT
