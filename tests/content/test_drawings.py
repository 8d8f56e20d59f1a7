"""The drawings of this repository: each is complete, and fit for a wall."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from drawing_pages import marked, rgb, write_page
from opsbook.assembly.load import draft_handbook
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.nouns.service.model import Service
from opsbook.site.tokens import ColourScheme
from screens import violations

MOST_NODES = 25
# A page of 1440 pixels gives a drawing 1173; the smallest letters are 12, and are to be read at 10.5.
MOST_WIDTH = 1340
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def drawings(root: Path) -> tuple[Drawing, ...]:
    drawings, problems = load_drawings(root)
    assert problems == ()
    return drawings


def test_each_script_is_a_drawing_with_words_about_it(drawings: tuple[Drawing, ...], root: Path) -> None:
    scripts = sorted(path.stem for path in (root / "diagrams").glob("[!_]*.py"))
    assert [drawing.id for drawing in drawings] == scripts
    assert [drawing.id for drawing in drawings if not drawing.description.endswith(".")] == []
    assert len({drawing.title for drawing in drawings}) == len(drawings)


def test_each_is_of_a_size_that_a_person_can_take_in(drawings: tuple[Drawing, ...]) -> None:
    for drawing in drawings:
        assert 8 <= len(drawing.nodes) <= MOST_NODES, drawing.id
        assert drawing.layout.width <= MOST_WIDTH, drawing.id
        assert drawing.layout.height <= 1100, drawing.id


def test_each_node_has_an_icon_and_leads_on_or_is_connected(drawings: tuple[Drawing, ...]) -> None:
    for drawing in drawings:
        ends = {name for edge in drawing.edges for name in (edge.source, edge.target)}
        assert [node.label for node in drawing.nodes if not node.icon or node.id not in ends] == [], drawing.id


def lines_of(drawing: Drawing) -> set[tuple[str, str]]:
    """The ends of each line that can be seen, in the direction in which it points."""
    seen = (edge for edge in drawing.edges if ("style", "invis") not in edge.hints)
    return {(edge.target, edge.source) if edge.direction == "back" else (edge.source, edge.target) for edge in seen}


def test_a_line_between_services_is_a_dependency_that_they_declare(drawings: tuple[Drawing, ...], root: Path) -> None:
    services = draft_handbook(root, root / "docs").finish().graph.all(Service)
    declared = {(service.id, other) for service in services for other in service.depends_on}
    # A queue is written by one service and read by another: the line follows the message.
    declared |= {("queue", service) for service, other in declared if other == "queue"}
    for drawing in drawings:
        service = {node.id: node.service for node in drawing.nodes}
        lines = {(service[one], service[other]) for one, other in lines_of(drawing)}
        assert {line for line in lines if all(line)} <= declared, drawing.id


def test_no_customer_reaches_the_shop_but_through_the_delivery_network_and_its_firewall(
    drawings: tuple[Drawing, ...],
) -> None:
    with_customers = 0
    for drawing in drawings:
        label = {node.id: node.label for node in drawing.nodes}
        items = {node.item for node in drawing.nodes}
        ways = {label[other] for one, other in lines_of(drawing) if label[one] == "Customers"}
        with_customers += bool(ways)
        assert ways <= {"CDN", "DNS"}, drawing.id
        assert not ways or "cdn" in items, drawing.id
        assert not ways or "waf" in items or drawing.id == "tracing", drawing.id
    assert with_customers >= 7


FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans", "sans-serif")


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


def overlap(one: Box, other: Box) -> bool:
    return bool(one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4])


def inside(one: Box, other: Box) -> bool:
    return bool(other[1] <= one[1] and other[2] <= one[2] and one[3] <= other[3] and one[4] <= other[4])


@pytest.mark.parametrize("font", FONTS)
def test_no_label_leaves_its_box_or_lies_on_another(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, font: str
) -> None:
    here = page(write_page(tmp_path, drawings[0]))
    for drawing in drawings:
        css = f'.drawing {{ font-family: "{font}" !important; max-width: none !important }}'
        here.goto(write_page(tmp_path, drawing, css=css))
        found = here.evaluate(BOXES)
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


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_nothing_in_a_page_with_a_drawing(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, scheme: str
) -> None:
    here = page(write_page(tmp_path, drawings[0], scheme=scheme))
    for drawing in drawings:
        here.goto(write_page(tmp_path, drawing, scheme=scheme))
        assert violations(here) == [], drawing.id


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_opens_alone_with_all_its_icons_in_the_scheme_of_the_system(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, scheme: ColourScheme
) -> None:
    here = page("about:blank", scheme=scheme)
    for drawing in drawings:
        file = tmp_path / f"{drawing.id}.svg"
        file.write_text(drawing_svg(drawing, marked(drawing), form="file"), encoding="utf-8")
        here.goto(file.as_uri())
        assert here.evaluate("getComputedStyle(document.querySelector('.d-page')).fill") == rgb("page", scheme)
        loaded = """async () => {
          const images = [...document.querySelectorAll("image")].map(async image => {
            const copy = new Image(); copy.src = image.href.baseVal; await copy.decode(); return copy.naturalWidth })
          return Promise.all(images)
        }"""
        widths = here.evaluate(loaded)
        assert len(widths) == len(drawing.icons)
        assert min(widths) > 20
