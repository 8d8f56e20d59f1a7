"""Every command that a drill runs stands on its page, so that a changed page is noticed before the next drill."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills import scenarios
from drills.page import Page, reason_to_leave
from drills.record import Entry, Record, Result
from drills.run import SCENARIOS
from drills.stand import Stand, standing
from drills.walk import Walk
from opsbook.nouns.runbook.model import Command, Language, Risk, Role

FILES = sorted(Path(scenarios.__file__).parent.glob("[a-z]*.py"))


def anchors(file: Path) -> Iterator[str]:
    """The anchors of `page.run("…")` and `page.holds("…")` in a module."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("run", "holds"):
            first = node.args[0]
            assert isinstance(first, ast.Constant), f"{file.name}:{node.lineno}"
            assert isinstance(first.value, str)
            yield first.value


def pages(file: Path) -> set[str]:
    """The pages that a module names."""
    text = ast.walk(ast.parse(file.read_text("utf-8")))
    values = (node.value for node in text if isinstance(node, ast.Constant))
    return {
        value for value in values if isinstance(value, str) and value.startswith("runbooks/") and value.endswith(".md")
    }


def test_every_scenario_is_played() -> None:
    assert {file.stem for file in FILES} == {*SCENARIOS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_step_that_a_scenario_names_stands_on_its_page(root: Path, file: Path) -> None:
    steps = {step.anchor for path in pages(file) for step in Page(root, path).runbook.steps}
    named = set(anchors(file))
    assert named
    assert named <= steps


def test_a_step_that_is_not_there_is_told_with_those_that_are(root: Path) -> None:
    page = Page(root, "runbooks/restore-postgresql.md")
    with pytest.raises(KeyError, match=r"has no step \{#gone\}; it has: stop, when"):
        page.step("gone")
    with pytest.raises(KeyError, match="has 1 commands to verify, not 2"):
        page.command("way", Role.VERIFY, 1)


def test_what_needs_a_cluster_or_a_cloud_is_left_out_with_the_reason() -> None:
    command = Command(Role.DO, Language.BASH, Risk.READ, "aws rds x\nkubectl get pods\n", 1, None, ())
    assert reason_to_leave(command) == "needs aws and kubectl"


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    with standing(tmp_path / "stand") as made:
        yield made


def test_a_command_that_fails_or_prints_something_else_fails_the_drill(root: Path, stand: Stand) -> None:
    record = Record()
    page = Walk("trial", Page(root, "runbooks/restore-postgresql.md"), stand, record)
    stand.program("psql", "#!/bin/sh\necho ' restored | 127.0.0.3'\n")
    page.run("way", Role.VERIFY)
    stand.program("psql", "#!/bin/sh\nexit 2\n")
    page.run("way", Role.VERIFY, branch="does not match host name")
    page.run("copy", Role.UNDO)
    assert [entry.result for entry in record.entries] == [Result.FAILED] * 3
    assert "on the page, and not printed: damaged | #" in record.entries[0].detail
    assert "not printed: does not match host name" in record.entries[1].detail
    assert "ended with 2" in record.entries[2].detail


def test_the_record_says_what_ran_and_what_was_left_out(tmp_path: Path) -> None:
    record = Record({"bash": "5.2"})
    record.add(Entry("One", "a.md:3", "step 1", "psql --version | head", Result.AS_SHOWN, "psql 15"))
    record.add(Entry("One", "a.md:9", "step 2", "aws s3 ls", Result.LEFT_OUT, "needs aws"))
    record.write(tmp_path / "deep" / "record.md")
    text = (tmp_path / "deep" / "record.md").read_text("utf-8")
    assert "- bash: 5.2" in text
    assert "| a.md:3 | step 1 | ``psql --version \\| head`` | as the page shows |" in text
    assert "| a.md:9 | step 2 | ``aws s3 ls`` | left out: needs aws |" in text
