"""The page's styles as code: each file is part of the one sheet, and the palette alone says what a colour is."""

from __future__ import annotations

import re
from pathlib import Path

from opsbook import web
from opsbook.nouns.drawing.style import page_css
from opsbook.site.tokens import COLOURS

STYLES = Path(web.__file__).parent / "styles"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    r"|[:\s,](?:black|white|red|green|blue|orange|purple|gr[ae]y)(?=[\s,;)])",
    re.IGNORECASE,
)
SHAPE = re.compile(r'url\("data:image/svg\+xml,[^"]*"\)')


def part(name: str) -> str:
    """Return a style file without its comments."""
    return COMMENT.sub("", (STYLES / f"{name}.css").read_text("utf-8"))


def test_every_style_file_is_part_of_the_sheet_once() -> None:
    assert sorted(web.PARTS) == sorted(file.stem for file in STYLES.iterdir())


def test_the_sheet_is_its_parts_in_their_order_without_their_comments() -> None:
    parts = "".join([web.palette_css(), page_css(), *map(part, web.PARTS)])
    assert web.style_sheet().split() == parts.split()


def test_a_page_asks_for_one_style_sheet() -> None:
    assert [asset.path for asset in web.assets() if asset.path.endswith(".css")] == list(web.STYLES)
    assert len(web.STYLES) == 1


def test_only_the_palette_says_what_a_colour_is() -> None:
    assert {name: found for name in web.PARTS if (found := COLOUR.findall(SHAPE.sub("", part(name))))} == {}
    assert set(COLOUR.findall(web.palette_css())) == {value for colour in COLOURS.values() for value in colour}


def test_a_token_that_is_used_is_defined_and_the_other_way_round() -> None:
    text = web.style_sheet()
    defined = set(re.findall(r"(--ob-[\w-]+):", text))
    used = set(re.findall(r"var\((--ob-[\w-]+)", text))
    assert used == defined


def test_both_schemes_give_a_value_to_each_colour() -> None:
    light, dark = web.palette_css().split("@media screen")
    names = [f"--ob-{name}" for name in COLOURS]
    assert re.findall(r"(--ob-[\w-]+):", light) == re.findall(r"(--ob-[\w-]+):", dark) == names
