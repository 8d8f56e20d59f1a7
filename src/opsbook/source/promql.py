"""A PromQL expression in; what is wrong with it, or which labels its series carry, out."""

from __future__ import annotations

import promql_parser


def promql_error(expression: str) -> str | None:
    """Why `expression` does not parse; None where it does.

    >>> promql_error('rate(http_requests_total{job="orders"}[5m])')
    >>> promql_error("rate(http_requests_total[5m]")
    'unclosed left parenthesis'
    """
    try:
        promql_parser.parse(expression)
    except ValueError as error:
        return " ".join(str(error).split()) or "unreadable"
    return None


_KEEPS_LEFT = frozenset({"and", "unless", ">", "<", ">=", "<=", "==", "!=", "+", "-", "*", "/", "%", "^"})
_REDUCES = frozenset({"sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "quantile"})


def promql_labels(expression: str) -> frozenset[str] | None:
    """The labels of every series of the result; None where they depend on the data.

    >>> sorted(promql_labels("sum by (namespace, pod) (rate(errors_total[5m])) > 0") or ())
    ['namespace', 'pod']
    >>> promql_labels("up == 0")
    """
    try:
        return _labels(promql_parser.parse(expression))
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
