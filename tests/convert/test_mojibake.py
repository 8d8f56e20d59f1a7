from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.convert.mojibake import repair

SEED = (Path(__file__).parent / "seed/checklist.md").read_text(encoding="utf-8")
CODECS = ["mac_roman", "cp1252", "latin-1"]


def damaged(text: str, codec: str) -> str:
    """`text` as a program shows it that reads its UTF-8 as `codec`; a byte without a character is its control."""
    return "".join(bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte)) for byte in text.encode("utf-8"))


@pytest.mark.parametrize("codec", CODECS)
def test_the_seed_is_repaired_whole_and_line_by_line(codec: str) -> None:
    assert repair(damaged(SEED, codec)) == SEED
    assert [repair(damaged(line, codec)) for line in SEED.split("\n")] == SEED.split("\n")


@pytest.mark.parametrize("codec", CODECS)
def test_text_that_was_damaged_twice_is_repaired(codec: str) -> None:
    assert repair(damaged(damaged(SEED, codec), codec)) == SEED


@pytest.mark.parametrize("codec", CODECS)
def test_a_file_of_which_some_lines_are_damaged_is_repaired(codec: str) -> None:
    lines = ["# D\u00e9ploiement \u2014 l\u2019\u00e9tage", *SEED.split("\n")]
    mixed = [damaged(line, codec) if number % 2 else line for number, line in enumerate(lines)]
    assert repair("\n".join(mixed)) == "\n".join(lines)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(
    "text",
    [
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440",
        "\u65e5\u672c\u8a9e\u306e\u30c1\u30a7\u30c3\u30af",
        "za\u017c\u00f3\u0142\u0107",
        "Thi\u1ebft l\u1eadp",
        "caf\u00e9 na\u00efve Z\u00fcrich \u20ac",
        "co\u00fbt \u2013 l\u2019\u00e9tage",
        "SLA \u2265 99.9 %",
    ],
)
def test_other_languages_are_repaired(text: str, codec: str) -> None:
    assert repair(damaged(text, codec)) == text


@pytest.mark.parametrize(
    "text",
    [
        "caf\u00e9 na\u00efve Z\u00fcrich \u20ac",
        "l\u2019\u00e9tage",
        "\u00ab\u00e9cole\u00bb",
        "\u201c\u2026\u00e9t\u00e9\u2026\u201d",
        "\u201aUmlaut\u2018 \u00c4rger \u00fcber \u00d6l",
        "CAF\u00c9\u00ae",
        "L\u00c5\u2122",
        "AMANH\u00c3\u201d",
        "S\u00c3O PAULO \u2013 A\u00c7\u00c3O\u2026",
        "MALM\u00c5\u2013OSLO",
        "Jos\u00e9\u2026\u201d",
        "5\u2248\u00b13",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
        "\u65e5\u672c\u8a9e",
        SEED,
    ],
)
def test_right_text_is_never_touched(text: str) -> None:
    assert repair(text) == text
