"""Find the variables inside the strings of PromQL text.

A variable stands inside the quotes of a label matcher, so that the expression parses as it is written:
`rate(http_requests_total{namespace="$NAMESPACE"}[5m])`. Strings are as in
https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.shell.quoting import Quoting, Use

_TOKEN = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`""")
_VARIABLE = re.compile(r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braces>[A-Za-z_]\w*)\})")


def promql_variables(code: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name, start and end of each variable inside a string of `code`."""
    for token in _TOKEN.finditer(code):
        if token.group().startswith("#"):
            continue
        for match in _VARIABLE.finditer(code, token.start(), token.end()):
            yield match["plain"] or match["braces"], match.start(), match.end()


def stray_variable(code: str) -> int | None:
    """Return where the first variable outside of strings stands, where PromQL has no place for it; None without one."""
    strings = [token.span() for token in _TOKEN.finditer(code)]
    found = (match.start() for match in _VARIABLE.finditer(code))
    return next((at for at in found if not any(start <= at < end for start, end in strings)), None)


def promql_uses(code: str, names: frozenset[str]) -> tuple[Use, ...]:
    """Return the places where `code` uses one of the variables `names`."""
    return tuple(Use(name, start, end, Quoting.PROMQL) for name, start, end in promql_variables(code) if name in names)
