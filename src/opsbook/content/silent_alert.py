"""Find alerts on something being down that are silent when the series that says so is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import promql_parser

from opsbook.content.expressions import below, metric_of, read_expression, selectors, without_parens
from opsbook.content.metrics import metric_catalog
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import rule_queries
from opsbook.problems import Problem, Severity

_ABSENT = frozenset({"absent", "absent_over_time"})
_URGENT = frozenset({"critical", "page", "error"})
_KEEPS_VALUES = frozenset({"sum", "max", "min", "avg"})


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield a warning for each urgent alert on `… == 0` of a series for which no rule asks whether it is there.

    Nothing is said of metrics that come with the monitoring itself, whose absence its own alerts see.
    """
    catalog = metric_catalog(content)
    rules = [(query, read_expression(query.expression)) for query in rule_queries(content)]
    asked = {metric for _, node in rules if node is not None for metric in _watched(node)}
    for query, node in rules:
        labels = query.rule.get("labels")
        severity = labels.get("severity") if isinstance(labels, dict) else None
        if not query.alert or node is None or str(severity) not in _URGENT:
            continue
        metric = _down(node)
        component = catalog.component_of(metric) if metric else None
        if metric and metric not in asked and not (component and component.scraped_by):
            message = (
                f"`{query.alert}` is silent when `{metric}` is gone, as when its exporter is down; "
                f"add `or absent({metric}{{…}})`, or an alert of its own on that"
            )
            yield replace(query.problem(message), severity=Severity.WARNING)


def _watched(node: object) -> Iterator[str]:
    """Yield the metrics whose absence an expression sees: by `absent`, or by taking them away from others."""
    if isinstance(node, promql_parser.Call) and str(node.func.name) in _ABSENT:
        yield from filter(None, (metric_of(each) for each in selectors(node)))
    if isinstance(node, promql_parser.BinaryExpr) and str(node.op) == "unless":
        yield from filter(None, (metric_of(each) for each in selectors(node.rhs)))
    for part in below(node):
        yield from _watched(part)


def _down(node: object) -> str | None:
    """Return the metric of an expression that is `metric == 0` or `metric < 1`; None for any other."""
    node = without_parens(node)
    if not isinstance(node, promql_parser.BinaryExpr):
        return None
    number = without_parens(node.rhs)
    if not isinstance(number, promql_parser.NumberLiteral) or (str(node.op), number.val) not in (("==", 0), ("<", 1)):
        return None
    side = without_parens(node.lhs)
    while isinstance(side, promql_parser.AggregateExpr) and str(side.op) in _KEEPS_VALUES:
        side = without_parens(side.expr)
    return metric_of(side) if isinstance(side, promql_parser.VectorSelector) else None


CHECK = ContentCheck(
    name="silent-alert",
    looks_at="Each urgent alert of the form `metric == 0`: whether a rule also sees that the metric is gone.",
    reason="What watches and is dead says nothing, and a series that is gone is equal to no number.",
    find=_find,
)
