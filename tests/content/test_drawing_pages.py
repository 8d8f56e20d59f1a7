"""The drawings of the real site: their pages in a browser, their files as anybody downloads them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from conftest import Pages
from opsbook.assembly.load import draft_handbook
from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.drawing.model import Drawing
from search_entries import search_entries

SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


@pytest.fixture(scope="module")
def graph(root: Path) -> Graph:
    return draft_handbook(root, root / "docs").finish().graph


def test_every_file_is_whole_and_leads_nowhere_but_to_the_site(root: Path, site: Path, graph: Graph) -> None:
    files = sorted((site / "architecture" / "files").glob("*.svg"))
    assert [file.stem for file in files] == sorted(graph.by_id(Drawing))
    for file in files:
        text = file.read_text("utf-8")
        assert str(root) not in text, file.name
        tree = ElementTree.fromstring(text)
        tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
        assert {"title", "desc"} <= tags, file.name
        assert not {"script", "foreignObject", "iframe"} & tags, file.name
        assert not [name for element in tree.iter() for name in element.attrib if name.lower().startswith("on")]
        links = {element.get(name, "") for element in tree.iter() for name in HREFS if name in element.attrib}
        strange = [link for link in links if urlsplit(link).scheme not in ("", "data")]
        assert strange == [], file.name
        dead = [link for link in links if link.startswith("..") and not (file.parent / link / "index.html").is_file()]
        assert dead == [], file.name


def test_a_drawing_comes_as_a_picture_for_a_chat_and_as_its_source(site: Path, graph: Graph) -> None:
    for id in graph.by_id(Drawing):
        assert (site / f"architecture/files/{id}.png").read_bytes().startswith(b"\x89PNG")
        assert (site / f"architecture/files/{id}.dot").read_text("utf-8").startswith("digraph")


@pytest.mark.parametrize("drawing", ["platform-overview", "kubernetes-runtime"])
def test_a_click_and_enter_lead_to_the_page_of_a_node(drawing: str, served_site: str, page: Pages) -> None:
    address = f"{served_site}/architecture/{drawing}/"
    shown = page(address)
    links = shown.locator(".ob-drawing__view svg a")
    targets = links.evaluate_all("links => links.map(link => new URL(link.href.baseVal, location).href)")
    assert len(targets) > 5
    for number in (0, len(targets) // 2, len(targets) - 1):
        links.nth(number).press("Enter")
        shown.wait_for_url(targets[number])
        shown.goto(address)
        links.nth(number).locator("text").first.click()
        shown.wait_for_url(targets[number])
        shown.goto(address)


def test_a_drawing_is_enlarged_and_moved_by_keyboard_and_set_back(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/architecture/network/")
    svg = shown.locator(".ob-drawing__view svg")
    part = "svg => svg.getAttribute('viewBox')"
    before = svg.evaluate(part)
    shown.get_by_role("button", name="Zoom in").press("Enter")
    assert svg.evaluate(part) != before
    shown.get_by_role("button", name="Show all").press("Enter")
    assert svg.evaluate(part) == before


def test_an_item_shows_the_drawings_it_appears_in(site: Path, graph: Graph) -> None:
    place = graph.by_id(Place)["alertmanager"]
    text = (site / f"practices/{place.area.id}/alertmanager/index.html").read_text("utf-8")
    for drawing in graph.naming(Drawing, place):
        assert f'href="../../../architecture/{drawing.id}/"' in text


def test_the_gallery_shows_every_drawing(site: Path, graph: Graph) -> None:
    text = (site / "architecture/index.html").read_text("utf-8")
    for drawing in graph.all(Drawing):
        assert f'href="{drawing.id}/"' in text


def test_the_words_of_a_drawing_are_in_the_search(site: Path) -> None:
    entries = search_entries(site)
    said = " ".join(entry["text"] for entry in entries if entry["location"].startswith("architecture/network/"))
    assert "NAT gateway" in said
    assert "Flow logs" in said


def test_the_words_of_a_drawing_can_be_read_on_a_phone(graph: Graph, served_site: str, page: Pages) -> None:
    for drawing in graph.all(Drawing):
        shown = page(f"{served_site}/architecture/{drawing.id}/", width=390)
        view = shown.locator(".ob-drawing__view")
        smallest = "view => Math.min(...[...view.querySelectorAll('text')].map(text => text.getBBox().height && "
        smallest += "parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"
        assert view.evaluate(smallest) >= 11, drawing.id
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390, drawing.id


def test_a_phone_shows_all_of_a_drawing_or_as_much_as_can_be_read(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/architecture/network/", width=390)
    svg = shown.locator(".ob-drawing__view svg")
    width = "svg => svg.getBoundingClientRect().width"
    assert svg.evaluate(width) > 390
    shown.get_by_role("button", name="Show all").press("Enter")
    assert svg.evaluate(width) < 390
    shown.get_by_role("button", name="Zoom in").press("Enter")
    assert svg.evaluate(width) > 390
    shown.get_by_role("button", name="Zoom out").press("Enter")
    assert svg.evaluate(width) < 390
