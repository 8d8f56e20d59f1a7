"""Markdown that would keep its renderer busy is a problem with its place, and not a build that does not end."""

from __future__ import annotations

import pytest

from limited import run_limited

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
        ("- a\n\n" + "    # x\n" * 20_000, "page.md:1003:1: more than 1000 headings; split the page"),
        ("- a\n\n" + "    # x\n" * 1_000, "fine"),
        ("[a](b " * 20_000, "page.md:1:603: more than 100 links are not closed here; end each with `)`"),
        (
            "<div>\n" * 20_000,
            "page.md:101:1: more than 100 elements of HTML are open here; close them, or write `&lt;`",
        ),
        ("<!-- " * 20_000, "page.md:1:501: more than 100 comments are not closed in this page; close them with `-->`"),
        ("<b>a</b> `<div>` [a](b(c)) <!-- a -->\n" * 2_000, "fine"),
        ("~~~\n" + "[<a >" * 20_000 + "\n~~~", "fine"),
    ],
    ids=[
        *("hashes", "blanks", "brackets", "tags", "quotations", "lists", "headings", "fewer headings"),
        *("links", "elements", "comments", "closed", "code"),
    ],
)
def test_a_form_that_the_renderer_is_slow_for_is_refused_and_the_rest_is_read_at_once(text: str, problem: str) -> None:
    assert run_limited(_PARSE, seconds=8, given=text) == f"{problem}\n"
