"""Golden cases: each runbook of `broken/` with the problems that it must give, in `broken/expected.txt`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from external_programs import program
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import read_text

FOLDER = Path(__file__).parent / "broken"
TODAY = date(2026, 11, 23)


def problems(file: Path) -> list[str]:
    found: list[Problem]
    try:
        source, structure = parse_runbook(read_text(file, file.name), file.name)
        found = list(structure)
        if source:
            found += lint_runbooks([source], today=TODAY, by_shell=ShellParser(program("shellcheck")).start([source])())
    except ProblemsError as error:
        found = list(error.problems)
    return [str(problem) for problem in sorted(set(found), key=lambda problem: problem.order)]


def expected() -> dict[str, list[str]]:
    cases: dict[str, list[str]] = {}
    for line in (FOLDER / "expected.txt").read_text("utf-8").splitlines():
        cases.setdefault(line.split(":", 1)[0], []).append(line)
    return cases


def test_the_whole_runbook_has_no_problem() -> None:
    assert problems(FOLDER / "whole.md") == []


def test_every_broken_runbook_has_its_expectation() -> None:
    assert {file.name for file in FOLDER.glob("*.md")} - {"whole.md"} == set(expected())


@pytest.mark.parametrize("name", sorted(expected()))
def test_a_broken_runbook_is_told_where_and_what(name: str) -> None:
    assert problems(FOLDER / name) == expected()[name]
