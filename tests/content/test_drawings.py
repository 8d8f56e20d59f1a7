"""The drawings of this repository: each is complete, and fit for a wall."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing

MOST_NODES = 25


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
        assert drawing.layout.width <= 1600, drawing.id
        assert drawing.layout.height <= 1100, drawing.id


def test_each_node_has_an_icon_and_leads_on_or_is_connected(drawings: tuple[Drawing, ...]) -> None:
    for drawing in drawings:
        ends = {name for edge in drawing.edges for name in (edge.source, edge.target)}
        assert [node.label for node in drawing.nodes if not node.icon or node.id not in ends] == [], drawing.id
