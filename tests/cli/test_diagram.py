"""`opsbook diagram` as a person types it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from commands import run_command
from opsbook.nouns.drawing.load import load_drawings


def opsbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", "diagram", *arguments, folder=folder)


def test_a_new_drawing_is_written_and_can_be_drawn_and_the_next_step_is_said(tmp_path: Path) -> None:
    done = opsbook(tmp_path, "new", "Data stores")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("diagrams/data-stores.py: written\nnext: keep `mkdocs serve` running")
    (drawing,), problems = load_drawings(tmp_path)
    assert (drawing.id, drawing.title, problems) == ("data-stores", "Data stores", ())


def test_a_drawing_that_exists_is_not_overwritten_whatever_the_spelling(tmp_path: Path) -> None:
    script = tmp_path / "diagrams" / "data_stores.py"
    script.parent.mkdir()
    script.write_text("# mine\n")
    done = opsbook(tmp_path, "new", "data-stores")
    assert done.returncode == 1
    assert done.stdout == ""
    message = "diagrams/data_stores.py: this drawing exists; change it, or choose another name"
    assert done.stderr == f"{message}\n1 problem found\n"
    assert [path.read_text() for path in script.parent.iterdir()] == ["# mine\n"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "diagrams").write_text("a file is in the way")
    done = opsbook(tmp_path, "new", "stores")
    assert done.returncode == 1
    assert done.stderr == "diagrams/stores.py: cannot be written: File exists\n1 problem found\n"


def test_nodes_are_found_with_the_line_that_imports_them(tmp_path: Path) -> None:
    done = opsbook(tmp_path, "nodes", "aws", "postgres")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "from diagrams.aws.database import RDSPostgresqlInstance\n"


def test_a_short_name_says_what_it_stands_for(tmp_path: Path) -> None:
    lines = opsbook(tmp_path, "nodes", "EKS").stdout.splitlines()
    assert "from diagrams.aws.compute import EKS  # the same as ElasticKubernetesService" in lines


def test_a_word_that_finds_much_says_that_there_is_more(tmp_path: Path) -> None:
    done = opsbook(tmp_path, "nodes", "aws")
    assert len(done.stdout.splitlines()) == 40
    assert done.stderr == "only the best 40 are shown; add a word, such as `aws`, `k8s` or `onprem`\n"


def test_a_word_that_finds_nothing_is_an_error(tmp_path: Path) -> None:
    done = opsbook(tmp_path, "nodes", "qqqqqqqq")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "Error: no node class is near `qqqqqqqq`; try a product, a part of its name, or one word\n"
