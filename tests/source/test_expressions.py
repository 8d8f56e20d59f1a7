"""No regular expression of ours takes longer than its text grows: what people write cannot stop a build or a page."""

from __future__ import annotations

import re

import pytest

from attacks import slow_texts
from expressions import all_expressions, script_expressions


def test_the_time_of_every_expression_of_the_package_grows_with_the_text_alone() -> None:
    found = {(each.pattern, each.uses): each.place for each in all_expressions()}
    assert len(found) > 150
    slow = {place: next(slow_texts(pattern, uses), None) for (pattern, uses), place in found.items()}
    assert {place: text for place, text in slow.items() if text} == {}


def test_the_time_of_every_expression_of_the_page_s_scripts_grows_with_the_text_alone() -> None:
    found = {each.pattern: each for each in script_expressions()}
    assert len(found) > 10
    slow = {each.place: next(slow_texts(pattern, each.uses), None) for pattern, each in found.items()}
    assert {place: text for place, text in slow.items() if text} == {}


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"\[(?:[^\[\]]|!?\[[^\[\]]*\])*\]\(", "search"),
        (r"(?:[A-Z]+[-_]?)+\b", "match"),
        (r"(?:[\w ]|[^\x00-\xff])*\Z", "match"),
        (r"(?P<text>(?:\\.|[^\\])*?)#*[ \t]*$", "match"),
        (r"#+[ \t]*(?P<text>.*?)[ \t]*$", "match"),
        (r"^[ \t]*(?:\$|[\w.-]+@[\w.-]+[:~/\w .-]*[$#%]) ", "match"),
        (r"[ \t]+$", "finditer"),
        (r"<pre\b.*?</pre>", "finditer"),
        (r"<!--[\s\S]*?-->", "finditer"),
        (r"\s+\(in progress\)$", "search"),
        (r"([A-Za-z_]\w*)=", "findall"),
    ],
)
def test_what_takes_longer_is_found(pattern: str, use: str) -> None:
    assert next(slow_texts(re.compile(pattern), {use}), None)
