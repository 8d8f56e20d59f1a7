"""Markdown that would keep its renderer busy is a problem with its place, and not a build that does not end."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from limited import run_limited
from opsbook.nouns.api.load import parse_api
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.source.yaml import parse_yaml
from trial_runbook import TRIAL

_PARSE = """
import sys
from opsbook.problems import ProblemsError
from opsbook.source.limits import parse_page
try:
    parse_page(sys.stdin.read(), "page.md")
    print("fine")
except ProblemsError as error:
    print(error.problems[0])
"""


LONG = "a paragraph of more than 20000 characters; divide it by empty lines"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# " + "#" * 20_000 + "x", "page.md:1:1001: a heading of 20003 characters; at most 1000 are allowed"),
        ("# a" + " " * 20_000 + "b", "page.md:1:1001: a heading of 20004 characters; at most 1000 are allowed"),
        ("a\n\n" + "[a " * 20_000, r"page.md:3:301: more than 100 brackets are open here; close them, or write `\[`"),
        ("<a " * 20_000, "page.md:1:301: more than 100 tags are not closed in this page; close them, or write `&lt;`"),
        (">" * 20_000 + " a", "page.md:1:1: more than 20 quotations inside each other; use fewer"),
        (
            "- a\n" + " " * 104 + "- b",
            "page.md:2:1: indented by 104 columns; at most 100 are allowed outside of a code block",
        ),
        ("- a\n\n" + "    # x\n" * 10_000, "page.md:1003:1: more than 1000 headings; split the page"),
        ("- a\n\n" + "    # x\n" * 1_000, "fine"),
        ("[a](b " * 20_000, "page.md:1:603: more than 100 links are not closed here; end each with `)`"),
        (
            "<div>\n" * 20_000,
            "page.md:101:1: more than 100 elements of HTML are open here; close them, or write `&lt;`",
        ),
        ("<!-- " * 20_000, "page.md:1:501: more than 100 comments are not closed in this page; close them with `-->`"),
        ("<b>a</b> `<div>` [a](b(c)) <!-- a -->\n\n" * 2_000, "fine"),
        ("a" * 131_073, "page.md: a page of Markdown larger than 128 KiB; split it or make it smaller"),
        (
            "a\n\n> " + "*a* " * 6_000,
            "page.md:3:20001: a paragraph of more than 20000 characters; divide it by empty lines",
        ),
        (
            "a\n" + "- *a*\n" * 6_000,
            "page.md:3335:1: a paragraph of more than 20000 characters; divide it by empty lines",
        ),
        ("a | b\n" * 6_000, "page.md:3334:3: a paragraph of more than 20000 characters; divide it by empty lines"),
        ("| a | b |\n| - | - |\n" + "| *a* | b |\n" * 6_000, "fine"),
        ("- *a*\n" * 6_000 + "\n\n" + "1. *a*\n" * 6_000, "fine"),
        ("a " + "`" * 20_000, "page.md:1:3: more than 100 backticks in a row; use fewer"),
        ("~~~\n" + "[<a >" * 20_000 + "\n~~~", "fine"),
    ],
    ids=[
        *("hashes", "blanks", "brackets", "tags", "quotations", "lists", "headings", "fewer headings"),
        *("links", "elements", "comments", "closed"),
        *("page", "paragraph", "no list", "no table", "table", "list", "backticks", "code"),
    ],
)
def test_a_form_that_the_renderer_is_slow_for_is_refused_and_the_rest_is_read_at_once(text: str, problem: str) -> None:
    assert run_limited(_PARSE, seconds=8, given=text) == f"{problem}\n"


API = "openapi: {}\ninfo: {{title: C, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {{oneOf: [{}]}}}}}}\n"
MORE = "more than 100 problems of this kind stand in this file; mend those first"


def test_a_file_of_too_many_values_is_refused_at_the_first_that_is_too_much() -> None:
    assert _refused(lambda: parse_yaml("[" + "{}," * 50_000 + "]", "f.yml")) == [
        "f.yml:1:149999: more than 50000 values; split the file or make it smaller"
    ]


@pytest.mark.parametrize(
    ("read", "first", "last"),
    [
        (
            lambda: parse_yaml("a: &x b\n" + "".join(f"a{n}: *x\n" for n in range(200)), "f.yml"),
            "f.yml:1:4: anchors (`&x`) are not allowed; remove it",
            f"f.yml:101:6: {MORE}",
        ),
        (
            lambda: parse_checklist("title: T\nareas:\n" + "  - x\n" * 200, "checklist.yml"),
            "checklist.yml:3:5: this entry is text; allowed: a mapping of keys and values, at least id, title",
            f"checklist.yml:103:5: {MORE}",
        ),
        (
            lambda: parse_api(API.format("3.0.3", "5," * 200), "docs/api/x.yaml", "x"),
            "docs/api/x.yaml:4:36: `5` is a number; allowed: a mapping of keys and values",
            f"docs/api/x.yaml:4:236: {MORE}",
        ),
        (
            lambda: parse_api(API.format("3.1.0", "5," * 200), "docs/api/x.yaml", "x"),
            "docs/api/x.yaml:4:36: `5` is a number; allowed: a mapping of keys and values or true or false",
            f"docs/api/x.yaml:4:236: {MORE}",
        ),
    ],
    ids=["what YAML may not hold", "what a model refuses", "OpenAPI 3.0", "OpenAPI 3.1"],
)
def test_of_very_many_problems_of_a_kind_a_hundred_are_told(read: Callable[[], object], first: str, last: str) -> None:
    told = _refused(read)
    assert (len(told), told[0], told[-1]) == (101, first, last)


def test_what_is_behind_the_problems_that_are_told_is_not_looked_for() -> None:
    endless = (Problem("f", number // 2, 1, "wrong") for number in itertools.count(2))
    assert [problem.line for problem in first_problems(endless)] == list(range(1, 102))


def test_the_nearest_of_very_many_names_is_found_without_a_look_at_all_of_them() -> None:
    names = [f"service-{number}" for number in range(100_000)]
    assert did_you_mean("service-4711x", names) == "did you mean `service-4711`?"
    assert did_you_mean("service-" + "x" * 100_000, names).startswith("allowed: service-0, service-1, ")


def test_a_command_longer_than_ten_thousand_characters_is_told_to_be_a_script() -> None:
    text = TRIAL.replace("kubectl", "echo " + "a " * 5_000 + "\nkubectl", 1)
    line = text[: text.index("echo a")].count("\n")
    message = "a command of more than 10000 characters; make a script of it that the command calls"
    _, problems = parse_runbook(text, "runbooks/trial.md")
    assert f"runbooks/trial.md:{line}:1: {message}" in map(str, problems)


def test_a_chain_of_schemas_and_a_long_list_of_parameters_are_read_in_bounded_time() -> None:
    reading = "from opsbook.nouns.api.load import parse_api; import sys; parse_api(sys.stdin.read(), 'x.yaml', 'x')"
    start = "openapi: 3.0.3\ninfo: {title: C, version: '1'}\n"
    schema = "    S{}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}, {{properties: {{a{}: {{type: string}}}}}}]}}\n"
    chain = "".join(schema.format(n, n + 1, n) for n in range(800)) + "    S800: {type: string}\n"
    run_limited(reading, seconds=6, given=f"{start}paths: {{}}\ncomponents:\n  schemas:\n{chain}")
    parameters = "".join(f"        - {{name: p{n}, in: query, schema: {{type: string}}}}\n" for n in range(3_000))
    get = "paths:\n  /a:\n    get:\n      responses: {'200': {description: D}}\n      parameters:\n"
    run_limited(reading, seconds=8, given=start + get + parameters)


def _refused(read: Callable[[], object]) -> list[str]:
    """The problems with which `read` ends, in their order."""
    with pytest.raises(ProblemsError) as caught:
        read()
    return [str(problem) for problem in caught.value.problems]
