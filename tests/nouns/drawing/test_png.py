"""The picture for a chat."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

from PIL import Image

from drawing_scripts import PAIR, write_scripts
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.png import drawing_pngs
from opsbook.nouns.drawing.svg import Mark
from opsbook.store import FILE, Store


def test_a_png_of_a_small_drawing_is_twice_its_size_and_light_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    write_scripts(tmp_path, pair=PAIR)
    drawing = load_drawings(tmp_path)[0][0]
    (picture,) = drawing_pngs([(drawing, {})])
    with Image.open(io.BytesIO(picture)) as image:
        assert image.width == 2 * round(drawing.layout.width)
        assert image.getpixel((2, 2)) == (255, 255, 255, 255)
        assert len(image.getcolors(1 << 24) or []) > 50
    assert drawing_pngs([(drawing, {})]) == (picture,)


def test_words_outside_of_the_carried_typeface_are_drawn_too(tmp_path: Path) -> None:
    write_scripts(tmp_path, pair=PAIR, greek=PAIR.replace("one", "Γεια").replace("two", "é"))
    greek, pair = load_drawings(tmp_path)[0]
    first, second = drawing_pngs([(greek, {}), (pair, {})])
    assert first != second


def test_a_png_is_kept_by_what_it_shows_and_a_broken_one_is_drawn_again(tmp_path: Path) -> None:
    write_scripts(tmp_path, pair=PAIR)
    drawing = load_drawings(tmp_path)[0][0]
    cache = tmp_path / "png"
    (first,) = drawing_pngs([(drawing, {})], cache=cache)
    kept = cache / FILE
    kept.write_bytes(kept.read_bytes().replace(b"IDAT", b"IDAX"))
    assert drawing_pngs([(drawing, {})], cache=cache) == (first,)
    (other,) = drawing_pngs([(drawing, {"one": Mark(None, "", "done")})], cache=cache)
    assert other != first
    assert kept.read_bytes().count(b"IHDR") == 1


def test_pictures_made_side_by_side_are_those_made_one_by_one_and_in_their_order(tmp_path: Path) -> None:
    write_scripts(tmp_path, **{f"n{number}": PAIR.replace("one", f"number {number}") for number in range(5)})
    pictures: list[tuple[Drawing, dict[str, Mark]]] = [(drawing, {}) for drawing in load_drawings(tmp_path)[0]]
    alone = drawing_pngs(pictures, workers=1)
    assert drawing_pngs(pictures, workers=4) == alone
    assert drawing_pngs(pictures[::-1], workers=4) == alone[::-1]
    assert len(set(alone)) == 5


def test_a_kept_picture_is_not_drawn_again_beside_one_that_is_missing(tmp_path: Path) -> None:
    write_scripts(tmp_path, one=PAIR, two=PAIR.replace("one", "three"))
    one, two = load_drawings(tmp_path)[0]
    cache = tmp_path / "png"
    (first,) = drawing_pngs([(one, {})], cache=cache)
    marked = b"a picture that no drawing gives"
    ((key,),) = sqlite3.connect(cache / FILE).execute("select key from kept")
    with Store(cache) as store:
        store.write(one.id, key, marked)
    both = drawing_pngs([(one, {}), (two, {})], cache=cache)
    assert both[0] == marked
    assert both[1].startswith(first[:8])
