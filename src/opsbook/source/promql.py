"""Parse a PromQL expression to find what is wrong with it, or which labels its series carry."""

from __future__ import annotations

import re

import promql_parser

from opsbook.source.promql_text import plain_promql
from opsbook.source.re2 import re2_error
from opsbook.source.tree import short

MOST_OPERATORS = 1_000
"""An expression with more of them is not parsed: the parser's stack would not hold it, and the process would end."""

_OPERATOR = re.compile(r"[-+*/%^(]|[<>=!]=?|\b(?:and|or|unless|atan2)\b")


def promql_error(expression: str) -> str | None:
    """Return why `expression` does not parse; None where it does.

    >>> promql_error('rate(http_requests_total{job="orders"}[5m])')
    >>> promql_error("rate(http_requests_total[5m]")
    'unclosed left parenthesis'
    """
    try:
        _judge_replacements(parse_promql(expression))
    except ValueError as error:
        return " ".join(str(error).split()) or "unreadable"
    return None


def parse_promql(expression: str) -> object:
    """Return the tree of `expression`, with a simple regular expression for each. Raise ValueError if it is none."""
    if sum(1 for _ in _OPERATOR.finditer(expression)) > MOST_OPERATORS:
        raise ValueError(f"more than {MOST_OPERATORS} operators; split it into recording rules")
    return promql_parser.parse(plain_promql(expression))


def _judge_replacements(node: object) -> None:
    """Raise ValueError for a `label_replace` whose regular expression is none, as Prometheus does in the query."""
    inside = [node]
    while inside:
        node = inside.pop()
        if isinstance(node, promql_parser.Call):
            inside += node.args
            pattern = node.args[4] if node.func.name == "label_replace" else None
            if isinstance(pattern, promql_parser.StringLiteral) and (error := re2_error(pattern.val)):
                raise ValueError(f"the regular expression `{short(pattern.val)}` is not one of RE2's: {error}")
        inside += [part for name in _PARTS if (part := getattr(node, name, None)) is not None]


_PARTS = ("expr", "lhs", "rhs", "param")
_KEEPS_LEFT = frozenset({"and", "unless", ">", "<", ">=", "<=", "==", "!=", "+", "-", "*", "/", "%", "^"})
_REDUCES = frozenset({"sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "quantile"})


def promql_labels(expression: str) -> frozenset[str] | None:
    """Return the labels of every series of the result; None where they depend on the data.

    >>> sorted(promql_labels("sum by (namespace, pod) (rate(errors_total[5m])) > 0") or ())
    ['namespace', 'pod']
    >>> promql_labels("up == 0")
    """
    try:
        return _labels(parse_promql(expression))
    except (ValueError, RecursionError):
        return None


def _labels(node: object) -> frozenset[str] | None:
    while True:
        if isinstance(node, promql_parser.ParenExpr):
            node = node.expr
        elif isinstance(node, promql_parser.BinaryExpr):
            by_number = isinstance(node.rhs, promql_parser.NumberLiteral)
            if str(node.op) not in _KEEPS_LEFT or not (by_number or str(node.op) in ("and", "unless")):
                return None
            node = node.lhs
        elif isinstance(node, promql_parser.AggregateExpr):
            modifier = node.modifier
            if str(node.op) not in _REDUCES or (modifier and modifier.type != promql_parser.AggModifierType.By):
                return None
            return frozenset(modifier.labels if modifier else ())
        else:
            return None
