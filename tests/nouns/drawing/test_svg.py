"""The finished SVG as text: what is in it, and what must never be."""

from __future__ import annotations

import io
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cairosvg
import pytest
import resvg_py
from PIL import Image, ImageColor

from drawing_scripts import write_scripts
from external_programs import program
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.style import file_css, page_css
from opsbook.nouns.drawing.svg import Form, Mark, drawing_svg
from opsbook.site.tokens import COLOURS

SCRIPT = '''\
"""Four machines & <one> way."""
from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2
from diagrams.onprem.vcs import Github

with Diagram("Four <b>machines</b> & co", direction="LR"):
    with Cluster("Zone <1>"):
        a, b, c, d = EC2('A "quoted" one'), EC2("B & <i>"), EC2("C"), EC2("D")
    a >> Edge(label="a <script>", color="darkgreen") >> b >> c >> d >> Github("code")
'''
MARKS = {
    "a-quoted-one": Mark('/a/?x=1&y="2"', 'tip "one" <&>', "todo"),
    "b-i": Mark("/b/", "", "doing"),
    "c": Mark(None, "not yet", "done"),
    "d": Mark("/d/", "", "waived"),
    "zone-1": Mark("/zone/", "the zone", "todo"),
}
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Drawing:
    root = tmp_path_factory.mktemp("svg")
    write_scripts(root, four=SCRIPT)
    drawings, problems = load_drawings(root)
    assert problems == ()
    return drawings[0]


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())


@pytest.mark.parametrize("form", ["inline", "file", "bare"])
def test_an_svg_is_well_formed_and_holds_nothing_that_runs_or_leads_away(drawing: Drawing, form: Form) -> None:
    svg = drawing_svg(drawing, MARKS, form=form)
    tree = elements(svg)
    assert not {element.tag for element in tree} & {f"{SVG}script", f"{SVG}foreignObject"}
    assert not [name for element in tree for name in element.attrib if name.startswith("on")]
    links = [element.get(HREF, "") for element in tree if HREF in element.attrib]
    assert {re.sub(r"^(data:image/png;base64,|#).*", r"\1", link) for link in links} == {
        "data:image/png;base64,", "#", '/a/?x=1&y="2"', "/b/", "/d/", "/zone/",
    }  # fmt: skip
    assert "site-packages" not in svg
    assert "file:" not in svg


def test_words_of_the_script_are_text_and_never_markup(drawing: Drawing) -> None:
    tree = elements(drawing_svg(drawing, MARKS, form="file"))
    words = ["".join(element.itertext()) for element in tree if element.tag == f"{SVG}text"]
    assert {"Four <b>machines</b> & co", 'A "quoted" one', "B & <i>", "a <script>", "Zone <1>"} <= set(words)
    assert tree[1].text == "Four <b>machines</b> & co"
    assert tree[2].text == "Four machines & <one> way."


def test_each_icon_is_held_once(drawing: Drawing) -> None:
    tree = elements(drawing_svg(drawing, MARKS))
    assert len([element for element in tree if element.tag == f"{SVG}image"]) == 2
    assert len([element for element in tree if element.tag == f"{SVG}use"]) == 5


def test_ids_are_unique_and_a_prefix_keeps_two_copies_apart(drawing: Drawing) -> None:
    both = drawing_svg(drawing, MARKS) + drawing_svg(drawing, MARKS, prefix="small-")
    ids = re.findall(r'\bid="([^"]*)"', both)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|aria-labelledby="|aria-describedby=")([^"]*)"', both)) <= set(ids)


def test_a_link_has_a_name_a_tooltip_and_its_status_in_words(drawing: Drawing) -> None:
    tree = elements(drawing_svg(drawing, MARKS))
    links = {element.get(HREF): element for element in tree if element.tag == f"{SVG}a"}
    first = links['/a/?x=1&y="2"']
    assert first.get("aria-label") == 'A "quoted" one, to do: tip "one" <&>'
    assert first[0].text == 'tip "one" <&>'
    assert links["/b/"].get("aria-label") == "B & <i>, in progress"


def test_a_picture_with_links_is_a_group_and_one_without_is_an_image(drawing: Drawing) -> None:
    assert elements(drawing_svg(drawing, MARKS))[0].get("role") == "group"
    assert elements(drawing_svg(drawing, {}))[0].get("role") == "img"


def test_each_status_has_an_outline_and_a_sign_of_its_own_and_the_legend_explains_it(drawing: Drawing) -> None:
    shapes = []
    for status in ("todo", "doing", "done", "waived"):
        svg = drawing_svg(drawing, {"c": Mark(None, "", status)})
        card = next(line for line in svg.splitlines() if '--c">' in line)
        shapes.append(re.sub(r'(class|fill|stroke)="[^"]*"', "", card.split("</title>")[1]))
    assert len(set(shapes)) == 4
    words = [element.text for element in elements(drawing_svg(drawing, MARKS)) if element.get("class") == "d-key"]
    assert words == ["to do", "in progress", "done", "waived"]
    assert 'class="d-key"' not in drawing_svg(drawing, MARKS, legend=False)
    assert 'class="d-key"' not in drawing_svg(drawing, {})


def test_only_a_file_carries_its_style_sheet_and_a_page_has_no_inline_style(drawing: Drawing) -> None:
    assert "<style>" in drawing_svg(drawing, MARKS, form="file")
    for form in ("inline", "bare"):
        svg = drawing_svg(drawing, MARKS, form=form)
        assert "<style" not in svg
        assert " style=" not in svg


def test_every_class_is_styled_in_both_style_sheets(drawing: Drawing) -> None:
    used = set(re.findall(r'class="(d-[a-z-]+)"', drawing_svg(drawing, MARKS, form="file")))
    for sheet in (page_css(), file_css()):
        assert used <= set(re.findall(r"\.(d-[a-z-]+)", sheet))


def drawn_by(folder: Path, svg: str) -> Iterator[bytes]:
    """The file as the renderers draw it that know least of style sheets."""
    yield bytes(resvg_py.svg_to_bytes(svg_string=svg))
    yield cairosvg.svg2png(svg.encode())
    (folder / "drawing.svg").write_text(svg, encoding="utf-8")
    yield subprocess.run([program("rsvg-convert"), folder / "drawing.svg"], capture_output=True, check=True).stdout


def test_a_downloaded_file_is_light_wherever_it_is_drawn(drawing: Drawing, tmp_path: Path) -> None:
    svg = drawing_svg(drawing, MARKS, form="file")
    assert "var(" not in svg
    for png in drawn_by(tmp_path, svg):
        with Image.open(io.BytesIO(png)) as image:
            picture = image.convert("RGBA")
        counted = Counter(zip(*[iter(picture.tobytes())] * 4, strict=True))
        assert (0, 0, 0, 255) not in counted
        assert not [colour for colour in counted if colour[3] < 128]
        assert picture.getpixel((2, 2)) == (255, 255, 255, 255)
        assert counted[*ImageColor.getrgb(COLOURS["edge"].light), 255] > 50
        assert counted[*ImageColor.getrgb(COLOURS["todo"].light), 255] > 50


def test_the_halo_of_a_word_lies_below_it_where_a_program_paints_in_the_plain_order(drawing: Drawing) -> None:
    with Image.open(io.BytesIO(cairosvg.svg2png(drawing_svg(drawing, {}, form="file").encode(), scale=3))) as image:
        picture = image.convert("RGB")
    tree = elements(drawing_svg(drawing, {}, form="file"))
    (label,) = [each for each in tree if each.text == "Zone <1>" and each.get("class") == "d-over"]
    shift = re.search(r'transform="translate\((\S+) (\S+)\)"', drawing_svg(drawing, {}, form="file"))
    assert shift
    left, base = (float(label.get(at, "")) + float(by) for at, by in zip("xy", shift.groups(), strict=True))
    around = picture.crop((round(3 * left), round(3 * base - 30), round(3 * left + 90), round(3 * base)))
    muted = ImageColor.getrgb(COLOURS["muted"].light)
    assert sum(count for count, colour in around.getcolors(1 << 24) or [] if colour == muted) > 100


def test_an_edge_that_a_script_coloured_takes_the_nearest_hue(drawing: Drawing) -> None:
    assert drawing_svg(drawing, {}).count('class="d-green"') == 1


def test_the_same_drawing_gives_the_same_bytes(drawing: Drawing) -> None:
    assert drawing_svg(drawing, MARKS, form="file") == drawing_svg(drawing, dict(reversed(MARKS.items())), form="file")
