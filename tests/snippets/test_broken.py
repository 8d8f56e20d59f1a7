"""Golden cases: each page of `broken/` with the problems that it must give, in `broken/expected.txt`."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from external_programs import program
from opsbook.problems import ProblemsError
from opsbook.snippets.check import check_snippets
from opsbook.snippets.load import load_snippets
from opsbook.snippets.model import Snippet
from opsbook.source.promql import promql_error

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
    # Which version says so depends on the system; that a version is named is held by a test of its own.
    return by_file([re.sub(r"promtool \d[\d.]*", "promtool", str(problem)) for problem in problems])


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


RULES = """\
groups:
  - name: shop
    query_offset: 1m
    labels:
      team: shop
    rules:
      - alert: Down
        expr: up == 0
        labels: {severity: critical}
      - alert: Many
        expr: up{pod=~`a\\d`} > 1_000
"""
RESOURCE = """\
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: shop, labels: {team: shop}}
spec:
  groups: [{name: shop, partial_response_strategy: warn, labels: {team: a}, rules: [{record: up:sum, expr: sum(up)}]}]
"""
CONFIG = """\
global:
  metric_name_validation_scheme: utf8
scrape_configs:
  - job_name: shop
    scrape_protocols: [PrometheusText1.0.0]
    static_configs:
      - targets: [shop]
"""


def told(code: str) -> list[str]:
    return [str(each) for each in check_snippets([Snippet("a.md", "yaml", "", code, 1, 1, 2)]).problems]


@pytest.mark.parametrize("code", [RULES, RESOURCE, CONFIG])
def test_keys_that_are_younger_than_the_tool_or_of_an_operator_are_no_errors(code: str) -> None:
    assert [each for each in told(code) if ": warning: " not in each] == []


def test_what_the_tool_alone_refuses_is_told_with_its_version() -> None:
    text = subprocess.run([program("promtool"), "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version (\d+(?:\.\d+)+)", text)
    assert found
    odd = RULES.replace("query_offset", "query_ofset").replace("1_000", "1")
    assert told(odd) == [f"a.md:4:5: unknown key `query_ofset` for promtool {found[1]}"]
    wrong = RULES.replace("query_offset: 1m", "query_offset: soon").replace("1_000", "1")
    assert len(told(wrong)) == 1


def test_runbooks_and_rule_files_give_one_answer_on_an_expression() -> None:
    for expression, is_right in ((r"up{pod=~`a\d`}", True), ('up{pod=~"a++"}', False), ("up{pod=~`x{1001}`}", False)):
        rules = f"groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: {expression}\n"
        assert (told(rules) == []) == is_right == (promql_error(expression) is None)
    late = "groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: label_replace(up, 'a', '$1', 'b', '(')\n"
    assert told(late) == [
        "a.md:6:15: not valid PromQL: the regular expression `(` is not one of RE2's: a `)` is missing"
    ]
