"""Golden cases: each page of `broken/` with the problems that it must give, in `broken/expected.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from external_programs import program
from opsbook.problems import ProblemsError
from opsbook.snippets.check import check_snippets
from opsbook.snippets.load import load_snippets

HERE = Path(__file__).parent
FOLDER = HERE / "broken"


def by_file(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.split(":", 1)[0], []).append(line)
    return found


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """What is found in all pages at once, as it is for a whole repository."""
    for name in ("amtool", "groovy", "nginx", "promtool", "shellcheck"):
        program(name)
    snippets, problems = load_snippets(FOLDER, sorted(FOLDER.glob("*.md")))
    problems = ProblemsError([*problems, *check_snippets(snippets).problems]).problems
    return by_file([str(problem) for problem in problems])


EXPECTED = by_file((FOLDER / "expected.txt").read_text("utf-8").splitlines())


@pytest.mark.parametrize("name", sorted({file.name for file in FOLDER.glob("*.md")} | set(EXPECTED)))
def test_a_broken_block_is_told_where_and_what(found: dict[str, list[str]], name: str) -> None:
    assert found.get(name) == EXPECTED.get(name)


@pytest.mark.parametrize("page", sorted((HERE / "right").glob("*.md")), ids=lambda page: page.stem)
def test_what_the_tools_themselves_take_has_no_problem(page: Path) -> None:
    snippets, problems = load_snippets(HERE, [page])
    assert [str(problem) for problem in (*problems, *check_snippets(snippets).problems)] == []


def test_a_right_block_of_each_language_has_no_problem() -> None:
    snippets, problems = load_snippets(HERE, [HERE / "right" / "each-language.md"])
    report = check_snippets(snippets)
    assert [str(problem) for problem in (*problems, *report.problems)] == []
    assert report.unchecked == ()
    assert report.checked == {
        "bash": 2, "dockerfile": 1, "groovy": 1, "hcl": 1, "helm": 1, "ini": 1, "javascript": 1, "json": 1,
        "markdown": 1, "nginx": 1, "promql": 1, "python": 1, "sql": 1, "toml": 1, "yaml": 3,
    }  # fmt: skip
