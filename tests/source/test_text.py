from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.problems import ProblemsError
from opsbook.source.text import MAX_BYTES, decode, read_text


def problems(data: bytes) -> str:
    with pytest.raises(ProblemsError) as caught:
        decode(data, "f")
    return str(caught.value)


def test_line_ends_become_line_feeds_and_a_byte_order_mark_at_the_start_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n\td\n")
    assert read_text(file, "f") == "a\nb\nc\n\td\n"


def test_a_repair_comes_before_characters_are_judged() -> None:
    assert decode("â\x9c\x85".encode(), "f", repair=lambda text: text.encode("latin-1").decode()) == "✅"


def test_a_place_counts_characters_not_bytes() -> None:
    assert problems("aé\r\nbéé\x07".encode()) == "f:2:4: the control character U+0007 is not allowed; remove it"
    assert problems("aé\r\nbéé".encode() + b"\xff") == "f:2:4: byte 0xff is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize(
    "character", "\x00\x08\x0b\x0c\x1f\x7f\x80\x85\x9f\u061c\u200e\u200f\u2028\u2029\u202e\u2066\u2069\ufffe"
)
def test_a_character_that_hides_or_reorders_text_is_refused(character: str) -> None:
    assert problems(f"a{character}b".encode()).endswith(f"U+{ord(character):04X} is not allowed; remove it")


def test_joined_emoji_and_all_scripts_are_allowed() -> None:
    text = "🧑\u200d💻 ☸️ 🇸🇪 1️⃣ Ελλάδα עברית 日本語\u00a0"
    assert decode(text.encode(), "f") == text


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    assert len(decode(b"a" * MAX_BYTES, "f")) == MAX_BYTES
    assert problems(b"a" * (MAX_BYTES + 1)) == "f: larger than 1024 KiB; split it or make it smaller"


def test_a_file_full_of_bad_characters_is_told_in_twenty_lines() -> None:
    assert len(problems(b"\x00" * 5000).splitlines()) == 20
