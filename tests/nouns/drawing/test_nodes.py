"""Finding node classes, and a script to start from."""

from __future__ import annotations

from pathlib import Path

from drawing_scripts import write_scripts
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.new import script_name, script_text
from opsbook.nouns.drawing.nodes import find_nodes


def statements(word: str) -> list[str]:
    return [found.statement for found in find_nodes(word)]


def test_a_class_of_that_very_name_comes_first() -> None:
    assert statements("Lambda")[0] == "from diagrams.aws.compute import Lambda"
    assert statements("redis")[0] == "from diagrams.onprem.inmemory import Redis"


def test_words_may_be_parts_and_several() -> None:
    assert statements("aws postgres") == ["from diagrams.aws.database import RDSPostgresqlInstance"]


def test_a_slip_of_the_pen_finds_the_nearest() -> None:
    assert "from diagrams.onprem.aggregator import Fluentd" in statements("fluentdd")
    assert statements("qqqqqqqq") == []


def test_a_short_name_says_which_class_it_stands_for() -> None:
    (found,) = [found for found in find_nodes("EKS") if found.name == "EKS"]
    assert found.alias_of == "ElasticKubernetesService"


def test_a_starting_script_is_a_drawing(tmp_path: Path) -> None:
    name = script_name("Data stores & 'caches'")
    assert name == "data-stores-caches.py"
    write_scripts(tmp_path, **{name.removesuffix(".py"): script_text("Data stores & 'caches'")})
    drawings, problems = load_drawings(tmp_path)
    assert problems == ()
    assert drawings[0].title == "Data stores & 'caches'"
