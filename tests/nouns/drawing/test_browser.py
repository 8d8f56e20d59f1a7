"""Drawings as a reader meets them: in a page and as a file, in both schemes, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from drawing_pages import marked, rgb, write_page
from drawing_scripts import write_scripts
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.style import PAINT
from opsbook.nouns.drawing.svg import drawing_svg
from opsbook.site.tokens import ColourScheme

Open = Callable[..., Page]
# What a reader's system may set text in: wide ones, and the one that the layout was made for.


SCRIPT = """\
from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2, Lambda
from diagrams.onprem.database import PostgreSQL

with Diagram("Shop"):
    with Cluster("Zone"):
        web, work = EC2("web", item="first"), Lambda("work", runbook="slow")
    web >> Edge(label="asks") >> work >> PostgreSQL("orders", service="orders")
"""


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Drawing, ...]:
    """A drawing whose nodes name what they stand for."""
    root = tmp_path_factory.mktemp("drawn")
    write_scripts(root, shop=SCRIPT)
    drawings, problems = load_drawings(root)
    assert problems == ()
    assert len(marked(drawings[0])) == 3
    return drawings


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


def test_words_of_a_page_follow_its_colour_scheme(drawings: tuple[Drawing, ...], page: Open, tmp_path: Path) -> None:
    ink = "getComputedStyle(document.querySelector('.d-text')).fill"
    assert page(write_page(tmp_path, drawings[0])).evaluate(ink) == rgb("text")
    assert page(write_page(tmp_path, drawings[0], scheme="slate")).evaluate(ink) == rgb("text", "dark")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_follows_the_colours_of_the_system(
    drawings: tuple[Drawing, ...], page: Open, tmp_path: Path, scheme: ColourScheme
) -> None:
    file = tmp_path / "shop.svg"
    file.write_text(drawing_svg(drawings[0], marked(drawings[0]), form="file"), encoding="utf-8")
    here = page(file.as_uri(), scheme=scheme)
    painted = "getComputedStyle(document.querySelector(`.${name}`))"
    computed = f"(name) => {{ const {{fill, stroke}} = {painted}; return {{fill, stroke}}; }}"
    used = {name for each in here.locator("[class^=d-]").all() if (name := each.get_attribute("class")) in PAINT}
    assert {"d-page", "d-text", "d-card", "d-edge", "d-edge-text", "d-cluster", "d-todo", "d-done-sign"} <= used
    for name in used:
        found = here.evaluate(computed, name)
        assert {what: found[what] for what in PAINT[name]} == {
            what: rgb(of, scheme) for what, of in PAINT[name].items()
        }
    here.keyboard.press("Tab")
    ring = "getComputedStyle(document.activeElement.querySelector('.d-ring')).stroke"
    assert here.evaluate(ring) == rgb("accent", scheme)
    here.emulate_media(media="print", color_scheme=scheme)
    assert here.evaluate(computed, "d-page")["fill"] == rgb("page")
