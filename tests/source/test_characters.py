"""What may stand in a text and what not: the same for every kind of file, whichever way it gets in."""

from __future__ import annotations

import unicodedata

import pytest

from opsbook.source.characters import first_forbidden

HIDDEN = {
    "NUL": "\x00",
    "escape": "\x1b",
    "next line": "\x85",
    "soft hyphen": "\u00ad",
    "grapheme joiner": "\u034f",
    "filler of Hangul": "\u3164",
    "zero-width space": "\u200b",
    "right-to-left override": "\u202e",
    "line separator": "\u2028",
    "word joiner": "\u2060",
    "invisible plus": "\u2064",
    "isolate": "\u2066",
    "Mongolian vowel separator": "\u180e",
    "byte order mark": "\ufeff",
    "noncharacter": "\ufdd0",
    "noncharacter at the end of a plane": "\U0001fffe",
    "tag": "\U000e0041",
    "cancel tag": "\U000e007f",
    "variation selector": "\ufe0f",
    "ideographic variation selector": "\U000e0101",
    "joiner": "\u200d",
    "non-joiner": "\u200c",
    "half of a pair": "\ud83d",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_is_refused_among_latin_letters(name: str) -> None:
    character = HIDDEN[name]
    said = first_forbidden(f"kubectl del{character}ete pod")
    assert said is not None
    assert said.endswith(f"U+{ord(character):04X} is not allowed; remove it")


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian, with a non-joiner
        "क्‍ष श्री‌लंका",  # Devanagari, with joiner and non-joiner
        "ශ්‍රී ලංකා",  # Sinhala
        "നന്‍മ",  # Malayalam
        "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ\u180b",
        "葛\U000e0101城市",
        "👩‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 🧑🏽‍🚒 ❤️‍🔥 ☸️ ⚠️ 1️⃣ #️⃣ 🇸🇪 ☎︎",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "Ελλάδα עברית 日本語 한국어 naïve e\u0301 \u00a0 \u2009 ① ﷽ \uf8ff",
    ],
)
def test_scripts_and_emoji_keep_the_characters_that_they_are_written_with(text: str) -> None:
    assert first_forbidden(text) is None


@pytest.mark.parametrize(
    "text",
    ["💻\u200d", "\u200d💻", "🏴\U000e0067\U000e0062", "☸\ufe0f\ufe0f", "\u200c", "\ufe0f", "葛\U000e0101\U000e0102"],
)
def test_half_a_sequence_is_refused(text: str) -> None:
    assert first_forbidden(text) is not None


def test_no_control_and_no_format_character_passes_alone_but_marks_of_scripts() -> None:
    """The format characters that are left are visible signs of Arabic, Kaithi, Egyptian and the like."""
    passed = [
        character
        for code in range(0x110000)
        if unicodedata.category(character := chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and first_forbidden(f"a{character}b") is None
    ]
    visible = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    assert [each for each in passed if not unicodedata.name(each, "").startswith(visible)] == ["\t", "\n"]
