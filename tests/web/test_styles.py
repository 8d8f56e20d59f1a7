"""The page's styles as code: each file is part of the one sheet, and one of them alone says what a colour is."""

from __future__ import annotations

import re
from pathlib import Path

from opsbook import web
from opsbook.nouns.drawing.style import page_css

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
    parts = "".join([page_css(), *map(part, web.PARTS)])
    assert web.style_sheet().split() == parts.split()


def test_a_page_asks_for_one_style_sheet() -> None:
    assert [asset.path for asset in web.assets() if asset.path.endswith(".css")] == list(web.STYLES)
    assert len(web.STYLES) == 1


def test_only_the_tokens_say_what_a_colour_is() -> None:
    assert {name: found for name in web.PARTS if (found := COLOUR.findall(part(name))) and name != "tokens"} == {}
    assert COLOUR.search(SHAPE.sub("", part("tokens")))


def test_a_token_that_is_used_is_defined_and_the_other_way_round() -> None:
    text = "".join(map(part, web.PARTS))
    defined = set(re.findall(r"(--ob-[\w-]+):", text))
    used = set(re.findall(r"var\((--ob-[\w-]+)", text))
    assert used == defined
