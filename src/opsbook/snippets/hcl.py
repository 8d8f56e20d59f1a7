"""Check HCL blocks: Terraform would read them, and `terraform fmt` would change nothing.

https://developer.hashicorp.com/terraform/language/syntax"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.problems import Problem
from opsbook.snippets.hcl_layout import layout_problems
from opsbook.snippets.hcl_parser import hcl_problems
from opsbook.snippets.model import Snippet


def check_hcl(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield where a block does not parse, or where the formatter would lay it out in another way."""
    for snippet in snippets:
        problems = list(hcl_problems(snippet.code))
        for at, message in problems:
            line = snippet.code.count("\n", 0, at)
            column = at - (snippet.code.rfind("\n", 0, at) + 1)
            yield snippet.problem(line + 1, column + 1, f"not valid HCL: {message}")
        for line, column, message in () if problems else layout_problems(snippet.code):
            yield snippet.problem(line, column, message)
