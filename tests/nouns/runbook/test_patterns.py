"""A variable's pattern is judged without being matched: no value can keep `check` or a reader's browser busy."""

from __future__ import annotations

import warnings

import pytest

from limited import run_limited
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.patterns import LONGEST, pattern_fault
from package import ASSETS
from trial_runbook import TRIAL

MANY_WAYS = "can read one value in so many ways that to try them all would not end"
SET = "which some engines take for an operation"


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*",
        "([a-z]+)*x",
        "([a-z]+-?)*",
        "(?:[a-z]*[0-9]?)+",
        "(a|a)*",
        "(a|aa)+",
        "(?:a|b|ab)*c",
        r"(\w|\d)+!",
        "([^a]|[b-z])*x",
        r"(é|\w)+",
        "(x+x+)+y",
        "(a?b?)*",
        "((a{1,30}){1,30}){1,2}",
        "(?:[a-z]{1,10}){1,50}",
        "(ab?|a?b){200}",
        "a*a*a*a*b",
        ".*,.*,.*,.*;",
        "(abc)*(abc)*(abc)*(abc)*",
        "(.*a){20}",
        "a?" * 25 + "a" * 25,
        "(|)" * 60,
        "(?=(a+)+b)a",
        "((?!(a+)+b)a)",
    ],
)
def test_a_pattern_with_many_ways_to_read_a_value_is_refused(pattern: str) -> None:
    assert (pattern_fault(pattern) or "").startswith(MANY_WAYS)


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("a{501}", "counts above 500, and no value is as long"),
        ("(?:a{500}){500}", "is too large"),
        ("(a?){500}" * 4, "is too large"),
        (f"({'[ab]|' * 50}c)*", "has too many parts that fit the same characters"),
        (r"(a)-\1", "refers back to a group"),
        ("(?:(?=a*b)a)*", "looks ahead for what repeats"),
        ("x(?=a*b)y", "looks ahead for what repeats"),
        ("[a--b]", SET),
        ("[a||b]", SET),
        ("[a&&b]", SET),
        ("[a~~b]", SET),
    ],
)
def test_a_form_that_is_not_read_is_named(pattern: str, fault: str) -> None:
    assert fault in (pattern_fault(pattern) or "")


@pytest.mark.parametrize(
    "pattern",
    [
        ".+",
        ".*x.*",
        "[a-z]+(-[a-z]+)*",
        "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
        "(?!-)[a-z-]{1,63}",
        "((?!--)[a-z-])*",
        "^(?=.*[0-9])[a-z0-9]+$",
        r"[a-z0-9.-]+\.[a-z0-9.-]+\.[a-z]{2,}",
        r"(?:[a-z]{1,63}\.){1,20}[a-z]+",
        r"(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}",
        "([0-9a-f]{2}:){5}[0-9a-f]{2}",
        "([0-9a-f]{2}){1,32}",
        "(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|::1)",
        "(a|ab)*c",
        "(dev|staging|prod)(,(dev|staging|prod))*",
        r"[\w\d.-]+\s\S+\D\W",
        r"[^\s'\\]+?",
        r"[\]|\[]+|\|",
        "(" * 80 + "a" + ")" * 80,
    ],
)
def test_a_pattern_that_reads_a_value_in_few_ways_is_taken(pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pattern_fault(pattern) is None


@pytest.mark.parametrize("pattern", ["a*a*a*b", r"[a-z0-9.-]+\.[a-z0-9.-]+\.[a-z]{2,}!", ".*,.*,.*;"])
def test_the_slowest_pattern_that_is_taken_lets_a_value_go_at_once(pattern: str) -> None:
    assert pattern_fault(pattern) is None
    program = "import re, sys; print([re.fullmatch(sys.stdin.readline()[:-1], c * 500) for c in 'a.,'])"
    assert run_limited(program, seconds=5, given=f"{pattern}\n") == "[None, None, None]\n"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("([a-z]+-?)*", MANY_WAYS),
        ("a{4294967296}", "`a{4294967296}` counts above 500, and no value is as long; use a smaller count, or none"),
        ("[a||b]", SET),
        ("[", "`[` is not a regular expression: unterminated character set"),
        ("[]a]", "`[]` is not read alike by Python and JavaScript; use the forms that both know"),
        (r"(?P<a>b)", "`(?` is not read alike by Python and JavaScript; use the forms that both know"),
    ],
)
def test_a_runbook_is_told_where_its_pattern_is_wrong(pattern: str, message: str) -> None:
    text = TRIAL.replace("pattern: '[a-z-]+'", f"pattern: '{pattern}'")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _, [problem] = parse_runbook(text, "trial.md")
    assert (problem.line, problem.column) == (15, 68)
    assert message in problem.message


def test_the_page_tries_no_value_that_is_longer_than_what_was_judged() -> None:
    script = (ASSETS / "quoting.js").read_text("utf-8")
    assert f"const LONGEST = {LONGEST};" in script
    refusal = script[script.index("export function refusal") :]
    assert refusal.index("value.length > LONGEST") < refusal.index("new RegExp")
