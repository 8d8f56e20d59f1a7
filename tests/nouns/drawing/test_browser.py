"""Drawings as a reader meets them: in a page and as a file, in both schemes, by pointer and by keyboard."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import ImageColor
from playwright.sync_api import Page

from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.style import page_css
from opsbook.nouns.drawing.svg import Mark, drawing_svg
from opsbook.site.tokens import COLOURS, ColourScheme
from opsbook.web import palette_css

Open = Callable[..., Page]
# What a reader's system may set text in: wide ones, and the one that the layout was made for.
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans", "sans-serif")
STATUSES: tuple[Literal["todo", "doing", "done", "waived"], ...] = ("todo", "doing", "done", "waived")

BOXES = """() => {
  const box = element => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] }
  const all = selector => [...document.querySelectorAll(selector)].map(e => [e.textContent, ...box(e)])
  return {
    cards: [...document.querySelectorAll(".d-card")].map(e => [e.parentNode.id, ...box(e)]),
    words: [...document.querySelectorAll(".d-card")].map(e => ["", ...box(e.parentNode.querySelector("text.d-text"))]),
    labels: all(".d-cluster-text"),
    frames: all(".d-cluster"),
    edges: all(".d-edge-text"),
    page: box(document.querySelector("svg")),
  }
}"""
Box = list[Any]


@pytest.fixture(scope="module")
def drawings(root: Path) -> tuple[Drawing, ...]:
    """The drawings of this repository."""
    drawings, problems = load_drawings(root)
    assert problems == ()
    return drawings


def marked(drawing: Drawing) -> dict[str, Mark]:
    """A mark on everything that names something, each status in turn."""
    nodes = [node.id for node in drawing.nodes if node.item or node.service or node.runbook]
    clusters = [cluster.id for cluster in drawing.clusters if cluster.item or cluster.service or cluster.runbook]
    turn = itertools.cycle(STATUSES)
    return {name: Mark(f"there.html#{name}", f"About {name}", next(turn)) for name in nodes + clusters}


def write_page(folder: Path, drawing: Drawing, *, scheme: str = "default", css: str = "") -> str:
    """Write a page with a drawing in it, and one that its links lead to; the address of the first."""
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    ground, ink = ("#fff", "#000") if scheme == "default" else ("#12171e", "#fff")
    style = f"<style>body {{ background: {ground}; color: {ink} }} {palette_css()} {page_css()} {css}</style>"
    main = f"<main><h1>Drawing</h1>{drawing_svg(drawing, marked(drawing))}</main>"
    body = f'<body data-md-color-scheme="{scheme}" data-md-color-primary="white">{main}'
    (folder / "there.html").write_text(f"{head}<title>There</title>")
    (folder / "page.html").write_text(f"{head}<title>Here</title>{style}{body}", encoding="utf-8")
    return (folder / "page.html").as_uri()


def rgb(name: str, scheme: ColourScheme = "light") -> str:
    """Return a colour of the palette as a browser computes it."""
    return f"rgb{ImageColor.getrgb(getattr(COLOURS[name], scheme))}"


def overlap(one: Box, other: Box) -> bool:
    return bool(one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4])


def inside(one: Box, other: Box) -> bool:
    return bool(other[1] <= one[1] and other[2] <= one[2] and one[3] <= other[3] and one[4] <= other[4])


@pytest.mark.parametrize("font", FONTS)
def test_no_label_leaves_its_box_or_lies_on_another(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, font: str
) -> None:
    for drawing in drawings:
        css = f'.drawing {{ font-family: "{font}" !important; max-width: none !important }}'
        found = page(write_page(tmp_path, drawing, css=css)).evaluate(BOXES)
        for card, words in zip(found["cards"], found["words"], strict=True):
            assert inside(words, card), (drawing.id, font, card)
        for label in found["labels"]:
            assert any(inside(label, frame) for frame in found["frames"]), (drawing.id, font, label)
        for label, card in itertools.product(found["edges"] + found["labels"], found["cards"]):
            assert not overlap(label, card), (drawing.id, font, label, card)
        for label, other in itertools.combinations(found["edges"] + found["labels"], 2):
            assert not overlap(label, other), (drawing.id, font, label, other)
        for card, other in itertools.combinations(found["cards"], 2):
            assert not overlap(card, other), (drawing.id, card, other)


def test_a_click_and_enter_on_every_link_lead_where_it_says(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path
) -> None:
    drawing = drawings[0]
    address = write_page(tmp_path, drawing)
    here = page(address)
    names = [f"{drawing.id}--{name}" for name in marked(drawing)]
    for name in names:
        here.goto(address)
        here.locator(f"[id='{name}']").press("Enter")
        here.wait_for_url(f"**/there.html#{name.removeprefix(drawing.id + '--')}")
        here.goto(address)
        here.locator(f"[id='{name}'] text").first.click()
        here.wait_for_url(f"**/there.html#{name.removeprefix(drawing.id + '--')}")


def test_the_tab_key_reaches_every_link_and_shows_where_it_is(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path
) -> None:
    drawing = drawings[0]
    here = page(write_page(tmp_path, drawing))
    ring = "getComputedStyle(document.activeElement.querySelector('.d-ring')).stroke"
    reached = []
    for _link in marked(drawing):
        here.keyboard.press("Tab")
        reached.append(here.evaluate("document.activeElement.id").removeprefix(f"{drawing.id}--"))
        assert here.evaluate(ring) == rgb("accent")
    assert sorted(reached) == sorted(marked(drawing))


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_nothing_in_a_page_with_a_drawing(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, scheme: str
) -> None:
    for drawing in drawings:
        found = Axe().run(page(write_page(tmp_path, drawing, scheme=scheme)))
        assert found.violations_count == 0, found.generate_report()


def test_words_of_a_page_follow_its_colour_scheme(drawings: tuple[Drawing, ...], page: Open, tmp_path: Path) -> None:
    ink = "getComputedStyle(document.querySelector('.d-text')).fill"
    assert page(write_page(tmp_path, drawings[0])).evaluate(ink) == rgb("text")
    assert page(write_page(tmp_path, drawings[0], scheme="slate")).evaluate(ink) == rgb("text", "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_opens_alone_with_all_its_icons_in_the_scheme_of_the_system(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, scheme: ColourScheme
) -> None:
    for drawing in drawings:
        file = tmp_path / f"{drawing.id}.svg"
        file.write_text(drawing_svg(drawing, marked(drawing), form="file"), encoding="utf-8")
        here = page(file.as_uri(), scheme=scheme)
        assert here.evaluate("getComputedStyle(document.querySelector('.d-page')).fill") == rgb("page", scheme)
        loaded = """async () => {
          const images = [...document.querySelectorAll("image")].map(async image => {
            const copy = new Image(); copy.src = image.href.baseVal; await copy.decode(); return copy.naturalWidth })
          return Promise.all(images)
        }"""
        widths = here.evaluate(loaded)
        assert len(widths) == len(drawing.icons)
        assert min(widths) > 20


def test_a_drawing_keeps_its_colours_where_its_style_sheet_is_refused(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path
) -> None:
    file = tmp_path / "bare.svg"
    file.write_text(drawing_svg(drawings[0], {}, form="bare"), encoding="utf-8")
    here = page(file.as_uri())
    assert here.evaluate("getComputedStyle(document.querySelector('.d-text')).fill") == rgb("text")
    assert here.evaluate("getComputedStyle(document.querySelector('.d-edge')).fill") == "none"


def test_a_page_on_a_phone_is_no_wider_than_the_phone(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path
) -> None:
    here = page(write_page(tmp_path, drawings[0]), width=390)
    assert here.evaluate("document.documentElement.scrollWidth") <= 390
