"""Check HCL blocks: python-hcl2 parses them, and `terraform fmt` would change nothing.

https://developer.hashicorp.com/terraform/language/syntax"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from opsbook.problems import Problem
from opsbook.snippets.hcl_layout import layout_problems
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import package
from opsbook.source.tree import short


def check_hcl(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield where a block does not parse, or where the formatter would lay it out in another way."""
    parses = package("hcl2").parses
    errors = package("lark.exceptions")
    for snippet in snippets:
        try:
            parses(f"{snippet.code}\n")
        except errors.UnexpectedInput as error:
            yield _problem(snippet, error)
            continue
        except errors.LarkError as error:
            yield snippet.problem(1, 1, f"not valid HCL: {short(str(error), 120)}")
            continue
        for line, column, message in layout_problems(snippet.code):
            yield snippet.problem(line, column, message)


def _problem(snippet: Snippet, error: Any) -> Problem:
    lines = snippet.code.split("\n")
    if not 1 <= error.line <= len(lines):
        return snippet.problem(len(lines), len(lines[-1]) + 1, "not valid HCL: something is not closed before the end")
    token = str(getattr(error, "token", "") or getattr(error, "char", ""))
    found = f"`{short(token, 30)}`" if token.strip() else "the end of the line"
    return snippet.problem(error.line, error.column, f"not valid HCL: {found} does not belong here")
