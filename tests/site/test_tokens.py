"""The palette: what is read or told apart by a colour can be, on each ground that it stands on."""

from __future__ import annotations

import itertools

import pytest

from opsbook.site.tokens import BADGE_LABEL, BADGE_LEVELS, BADGE_TEXT, COLOURS, ColourScheme

CONTENT, FOOTER = ("page", "card", "surface"), ("footer", "footer-end")
ON = {
    (*CONTENT, *FOOTER): ("text", "muted", "faint"),
    CONTENT: ("todo", "doing", "done", "waived", "danger", "accent", "accent-hover"),
}
"""What is read on which grounds."""
SCHEMES: tuple[ColourScheme, ...] = ("light", "dark")


def luminance(colour: str) -> float:
    """Return the relative luminance that WCAG 2.2 defines."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_and_signs_can_be_read_on_every_ground(scheme: ColourScheme) -> None:
    values = {name: getattr(colour, scheme) for name, colour in COLOURS.items()}
    pairs = [(one, ground) for grounds, words in ON.items() for one, ground in itertools.product(words, grounds)]
    found = {pair: contrast(*(values[name] for name in pair)) for pair in pairs}
    assert {pair: least for pair, least in found.items() if least < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_that_carry_a_meaning_can_be_seen(scheme: ColourScheme) -> None:
    lines = itertools.product(("edge", "purple"), ("page", "card"))
    found = {pair: contrast(*(getattr(COLOURS[name], scheme) for name in pair)) for pair in lines}
    assert {pair: least for pair, least in found.items() if least < 3} == {}


def test_a_ground_that_no_scheme_changes_has_words_that_none_changes() -> None:
    text, surface = COLOURS["mistake-text"], COLOURS["mistake-surface"]
    assert (text.light, surface.light) == (text.dark, surface.dark)
    assert contrast(text.light, surface.light) >= 4.5


def test_the_words_of_a_badge_can_be_read_on_each_of_its_grounds() -> None:
    grounds = [BADGE_LABEL, *(colour for _, colour in BADGE_LEVELS)]
    assert {ground: found for ground in grounds if (found := contrast(BADGE_TEXT, ground)) < 4.5} == {}


def test_done_doing_and_the_rest_of_a_bar_differ_in_lightness() -> None:
    for scheme in SCHEMES:
        track, *filled = (getattr(COLOURS[name], scheme) for name in ("track", "doing", "done"))
        assert min(contrast(track, colour) for colour in filled) >= 3


def test_a_plate_vanishes_on_the_card_that_needs_none() -> None:
    card = COLOURS["card"]
    assert (COLOURS["plate"].light, COLOURS["plate-inverse"].dark) == (card.light, card.dark)
