"""PromQL is judged as Prometheus does it: each list was made with promtool, which is asked here again."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from external_programs import program
from opsbook.source.promql import promql_error
from opsbook.source.re2 import matches_empty, re2_error

RIGHT = [
    r"sum(rate(http_requests_total{pod=~`orders-\d+`}[5m]))",
    r'up{pod=~"\\Qorders.1\\E"}',
    r"up{pod=~`\Qorders.1\E`}",
    "up{pod=~ # which\n`\\d`}",
    r"up{a=`b" + '"' + r"c\d`}",
    "up{a=`b\nc`}",
    r"up # `\d`",
    'up{a="# `"} + on(a) up{b=`c`}',
    r"up{a='`'} + up{b=`\`}",
    r"label_replace(up, `a`, `$1`, `b`, `(.*)`)",
    "{a=~`a+`}",
    "{a!~`a*`}",
    "{__name__=~`node_.+`}",
    "up[250y]",
    "up[1h30m]",
    "1.e3 + .5 + 0x1F",
    r'up{a="\377"}',
]
WRONG = [
    r'up{pod=~"\d"}',
    r'up{pod="\d"}',
    "up{a=`b}",
    "up{a=~`b}",
    "{a=~`a*`}",
    "{a!~`a+`}",
    "up[1000000y]",
    "up[30m1h]",
    "1__000",
    "1000_",
    r'up{a=~"\xff"}',
    r"up{a=~'\"'}",
    "rate(up)",
    "sum(up) by (",
]
YOUNGER = ["1_000", "rate(up[5m]) > 1_000.5", "0x1f_ff", '{"http.requests", job="shop"}']
"""Right since Prometheus 2.54 or 3.0, and so wrong for the promtool of Debian 12."""

PATTERNS = [
    "", "a*|b", "a{2}", "a{,5}", "a{", "a{1", "}", "{", "[[]", "[]a]", "[^]a]", "[a-b-c]", "[-a]", "[a-]", r"\12",
    r"\_",
    r"\<",
    r"\x41", r"\x{1F600}", r"\pN", r"\p{Greek}", r"\P{^Lu}", "[[:alpha:]]", "[[:^word:]]", "[:alpha:]", r"[\d\s]",
    "(?i)a", "(?i-s:a)", "(?P<n>a)", "()*", "(|a)*", "^*", "a*(?i)*", r"\Qa+\E*", r"\Q\E", "(a{0,}){1000}", "x{1000}",
    "(x{100}){10}", "(x{1000}){0}", "x{00}", "a??", "a{2}?", r"\b", r"\B", r"\Aa\z",
]  # fmt: skip
NO_PATTERNS = [
    "a++", "a**", "a*??", "a{2}{3}", "x{1001}", "x{2,1001}", "(x{100}){11}", "((x{10}){10}){11}", "x{2,1}", "(", ")",
    "a)", "(a", "*", "a|*", "(?i)*", "(?=a)", "(?<!a)", "(?x)a", "(?-)", "(?P<n-a>b)", "(?P=n)", "(?#c)", "[", "[]",
    "[b-a]",
    r"[a-\d]", "[[:foo:]]", "\\", r"\Z", r"\8", r"\1", r"\x", r"\xg", r"\x{110000}", r"\p{Foo}", r"\pé", r"\Qa", r"\K",
]  # fmt: skip


def refused(folder: Path, expressions: Sequence[str]) -> list[bool]:
    """What promtool says of each expression, found by one run."""
    rules = [{"record": f"r{at}", "expr": each} for at, each in enumerate(expressions)]
    text = json.dumps({"groups": [{"name": "g", "rules": rules}]}, ensure_ascii=False)
    (folder / "rules.yml").write_text(text, encoding="utf-8")
    command = [program("promtool"), "check", "rules", "--lint=none", "rules.yml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace")
    found = {int(at) for at in re.findall(r'rule (\d+), "r\d+": could not parse expression', done.stderr)}
    return [at + 1 in found for at in range(len(expressions))]


def in_matcher(pattern: str) -> str:
    return f"up{{a=~{json.dumps(pattern, ensure_ascii=False)}}}"


def test_expressions_are_judged_as_promtool_judges_them(tmp_path: Path) -> None:
    expressions = [*RIGHT, *WRONG]
    assert [promql_error(each) is not None for each in expressions] == refused(tmp_path, expressions)
    assert [promql_error(each) for each in RIGHT] == [None] * len(RIGHT)


def test_regular_expressions_are_judged_as_promtool_judges_them(tmp_path: Path) -> None:
    expressions = [in_matcher(each) for each in (*PATTERNS, *NO_PATTERNS)]
    assert refused(tmp_path, expressions) == [False] * len(PATTERNS) + [True] * len(NO_PATTERNS)
    assert [re2_error(each) is not None for each in (*PATTERNS, *NO_PATTERNS)] == refused(tmp_path, expressions)
    assert [promql_error(each) is not None for each in expressions] == refused(tmp_path, expressions)


def test_an_expression_matches_the_empty_text_where_prometheus_wants_another_matcher(tmp_path: Path) -> None:
    alone = [f"{{a=~{json.dumps(each, ensure_ascii=False)}}}" for each in PATTERNS]
    assert [matches_empty(each) for each in PATTERNS] == refused(tmp_path, alone)


@pytest.mark.parametrize("expression", YOUNGER)
def test_what_prometheus_learnt_since_is_read(expression: str) -> None:
    assert promql_error(expression) is None


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ('up{job=~"x{1001}"}', "`{1001}` repeats more than 1000 times"),
        ("up{job=~`a++`}", "`++` repeats a repetition"),
        ("up{job=~`(?=a)`}", "`(?=a` is no group that RE2 knows"),
    ],
)
def test_the_message_says_what_re2_does_not_take(expression: str, error: str) -> None:
    string = re.search(r"[\"`].*[\"`]", expression)
    assert string
    assert promql_error(expression) == f"the regular expression {string.group()} is not one of RE2's: {error}"


def test_a_replacement_with_a_wrong_expression_is_told_before_the_query_runs() -> None:
    expression = 'sum by (a) (2 * -label_replace(up, "a", "$1", "b", "(.*"))'
    assert promql_error(expression) == "the regular expression `(.*` is not one of RE2's: a `)` is missing"


def test_a_long_expression_is_judged_in_time() -> None:
    assert re2_error("(" * 900 + ")" * 900) is None
    assert re2_error("(" * 5000) == "more than 1000 groups inside of each other"
    assert re2_error("a" * 100_000 + "++") == "`++` repeats a repetition"
