"""Check that sqlglot reads SQL blocks as PostgreSQL: https://www.postgresql.org/docs/current/sql.html"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import package

# https://github.com/tobymao/sqlglot/blob/v30.30.0/sqlglot/expressions/core.py#L1322
# The message shows the class of a statement as Python prints it; an error has no field for the class.
_CLASS = re.compile(r"<class '(?:\w+\.)*(\w+)'>")


def check_sql(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield where a block is not made of PostgreSQL statements. Statements that sqlglot does not know are accepted."""
    sqlglot = package("sqlglot")
    errors = package("sqlglot.errors")
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    for snippet in snippets:
        try:
            sqlglot.parse(snippet.code, read="postgres")
        except errors.ParseError as error:
            first = error.errors[0] if error.errors else {}
            message = _CLASS.sub(r"\1", " ".join(str(first.get("description") or error).split()))
            column = (first.get("col") or 1) - len(str(first.get("highlight") or "")) + 1
            yield snippet.problem(first.get("line") or 1, max(column, 1), f"not valid SQL: {message}")
        except errors.TokenError as error:
            yield snippet.problem(1, 1, f"not valid SQL: {' '.join(str(error).split())}")
