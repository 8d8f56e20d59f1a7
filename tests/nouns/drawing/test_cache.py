"""What is kept from one run to the next, and what makes a drawing be drawn again."""

from __future__ import annotations

from pathlib import Path

from drawing_scripts import PAIR, write_scripts
from opsbook.nouns.drawing.cache import drawing_keys
from opsbook.nouns.drawing.engine import Engine
from opsbook.nouns.drawing.load import load_drawings
from opsbook.store import FILE

# Each run of this script draws another picture, so a picture that is the same was not drawn again.
CLOCK = (
    "import time\nfrom diagrams import Diagram\nfrom diagrams.aws.compute import EC2\n"
    'with Diagram("Clock"):\n    EC2(str(time.time_ns()))\n'
)


def drawn(root: Path) -> str:
    """The label of the only node of the drawing `clock`."""
    drawings, problems = load_drawings(root, cache=root / "cache")
    assert problems == ()
    return next(drawing.nodes[0].label for drawing in drawings if drawing.id == "clock")


def test_an_unchanged_script_is_not_run_again(tmp_path: Path) -> None:
    write_scripts(tmp_path, clock=CLOCK)
    assert drawn(tmp_path) == drawn(tmp_path)


def test_without_a_cache_folder_every_run_draws(tmp_path: Path) -> None:
    write_scripts(tmp_path, clock=CLOCK)
    assert load_drawings(tmp_path)[0] != load_drawings(tmp_path)[0]


def test_a_changed_script_and_a_changed_helper_are_drawn_again(tmp_path: Path) -> None:
    folder = write_scripts(tmp_path, clock=CLOCK, _parts="one = 1\n")
    first = drawn(tmp_path)
    (folder / "_parts.py").write_text("one = 2\n")
    second = drawn(tmp_path)
    (folder / "clock.py").write_text(CLOCK + "\n")
    assert len({first, second, drawn(tmp_path)}) == 3


def test_another_script_does_not_matter(tmp_path: Path) -> None:
    folder = write_scripts(tmp_path, clock=CLOCK, pair=PAIR)
    first = drawn(tmp_path)
    (folder / "pair.py").write_text(PAIR + "\n")
    assert drawn(tmp_path) == first


def test_a_broken_entry_is_drawn_again(tmp_path: Path) -> None:
    write_scripts(tmp_path, clock=CLOCK)
    first = drawn(tmp_path)
    kept = tmp_path / "cache" / FILE
    kept.write_bytes(kept.read_bytes().replace(b'"title":"Clock"', b'"title":"Watch"'))
    second = drawn(tmp_path)
    assert second != first
    assert drawn(tmp_path) == second


def test_entries_of_scripts_that_are_gone_are_not_kept(tmp_path: Path) -> None:
    folder = write_scripts(tmp_path, clock=CLOCK, pair=PAIR)
    drawn(tmp_path)
    (folder / "pair.py").unlink()
    drawn(tmp_path)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [FILE]
    assert b'"script":"diagrams/pair.py"' not in (tmp_path / "cache" / FILE).read_bytes()


def test_a_broken_script_takes_its_old_drawing_from_nowhere(tmp_path: Path) -> None:
    folder = write_scripts(tmp_path, clock=CLOCK)
    drawn(tmp_path)
    (folder / "clock.py").write_text(CLOCK + "1 / 0\n")
    drawings, problems = load_drawings(tmp_path, cache=tmp_path / "cache")
    assert drawings == ()
    assert len(problems) == 1


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    write_scripts(tmp_path, clock=CLOCK)
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert drawn(tmp_path)


def test_another_version_of_the_engine_is_another_key(tmp_path: Path) -> None:
    keys = [drawing_keys(tmp_path, "diagrams", {"a": ""}, Engine("dot", version)) for version in ("1", "2", "1")]
    assert keys[0] != keys[1]
    assert keys[0] == keys[2]
