"""Where a mistake in the calls of a page is told."""

from __future__ import annotations

import jinja2

from conftest import ROOT
from limited import run_limited
from opsbook.mkdocs.calls.template_text import TemplateText
from opsbook.mkdocs.calls.trial import template_problems

_TRY = """
import sys
from pathlib import Path
import jinja2
from opsbook.mkdocs.calls.sandbox import confined
from opsbook.mkdocs.calls.template_text import TemplateText
from opsbook.mkdocs.calls.trial import template_problems
environment = confined(jinja2.Environment(undefined=jinja2.StrictUndefined), {})
found = template_problems(environment, TemplateText("x.md", sys.stdin.read()), {}, {}, Path("."))
print(len(found), *found[-1:])
"""


def test_a_page_full_of_mistakes_is_answered_with_each_in_its_place() -> None:
    """Each mistake asks for its line, which once read the whole page anew for each of them."""
    said = run_limited(_TRY, seconds=8, given="{{ 1 }} {{ unknown }}\n" * 4_000)
    assert said == "4000 x.md:4000:12: nothing is called `unknown`; none is declared\n"


def test_a_mistake_in_a_page_of_the_repository_of_the_engine_is_no_bug_of_the_engine() -> None:
    text = "{% set kept = [] %}{% set kept.n = 1 %}"
    (problem,) = template_problems(jinja2.Environment(), TemplateText("x.md", text), {}, {}, ROOT)
    assert str(problem).startswith("x.md:1:")
    assert "this cannot be evaluated: cannot assign attribute on non-namespace object" in problem.message
