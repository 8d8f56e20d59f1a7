"""Find functions over metrics of the wrong type: a rate of a gauge, a plain comparison of a counter."""

from __future__ import annotations

from collections.abc import Iterator

import promql_parser

from opsbook.content.expressions import below, metric_of, read_expression, selectors, without_parens
from opsbook.content.metrics import COUNTER, GAUGE, KEEPS_VALUES, MetricCatalog, metric_catalog
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import queries
from opsbook.problems import Problem

_OF_COUNTERS = frozenset({"rate", "irate", "increase", "resets"})
_OF_GAUGES = frozenset({"deriv", "delta", "idelta", "predict_linear"})
_COMPARISONS = frozenset({">", "<", ">=", "<="})


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each function or comparison that does not fit the type of its metric, as far as that is known."""
    catalog = metric_catalog(content)
    for query in queries(content):
        node = read_expression(query.expression)
        for fault in dict.fromkeys(_faults(node, catalog)) if node is not None else ():
            yield query.problem(fault)
        if node is not None and query.alert:
            for fault in dict.fromkeys(_compared(node, catalog)):
                yield query.problem(fault)


def _faults(node: object, catalog: MetricCatalog) -> Iterator[str]:
    for part in below(node):
        yield from _faults(part, catalog)
    if not isinstance(node, promql_parser.Call):
        return
    name = str(node.func.name)
    for metric in _ranged(node):
        kind = catalog.type_of(metric)
        if name in _OF_COUNTERS and kind == GAUGE:
            yield (
                f"`{name}` takes `{metric}` for a counter, and it is a gauge: each fall counts as a new start; "
                f"use `delta` or `deriv`, or the difference to `{metric} offset …`"
            )
        elif name in _OF_GAUGES and kind == COUNTER:
            right = {"deriv": "rate", "idelta": "irate", "predict_linear": "rate"}.get(name, "increase")
            yield f"`{name}` takes `{metric}` for a gauge; it is a counter, and starts anew from 0; use `{right}`"
    if name == "histogram_quantile":
        for metric in _bare_counters(node.args[-1], catalog):
            yield f"`histogram_quantile` of `{metric}` is over all time since the start; take its `rate` first"


def _ranged(call: promql_parser.Call) -> Iterator[str]:
    """Yield the metrics whose range a function reads."""
    for argument in call.args:
        inside = without_parens(argument)
        if isinstance(inside, promql_parser.MatrixSelector):
            yield from filter(None, map(metric_of, selectors(inside)))
        elif isinstance(inside, promql_parser.SubqueryExpr):
            selected = without_parens(inside.expr)
            if isinstance(selected, promql_parser.VectorSelector) and (metric := metric_of(selected)):
                yield metric


def _compared(node: object, catalog: MetricCatalog) -> Iterator[str]:
    """Yield what is wrong with each comparison of a number and a counter as it is."""
    for part in below(node):
        yield from _compared(part, catalog)
    if not isinstance(node, promql_parser.BinaryExpr) or str(node.op) not in _COMPARISONS:
        return
    sides = (node.lhs, node.rhs)
    for side, other in (sides, sides[::-1]):
        if not isinstance(without_parens(other), promql_parser.NumberLiteral):
            continue
        for metric in _bare_counters(side, catalog):
            yield (
                f"`{metric}` is a counter and compared as it is: it grows until its program starts anew, "
                "so the alert fires late or for ever; compare its `increase` or `rate`"
            )


def _bare_counters(node: object, catalog: MetricCatalog) -> Iterator[str]:
    """Yield each counter that reaches a comparison without a function that reads its pace."""
    node = without_parens(node)
    if isinstance(node, promql_parser.VectorSelector):
        metric = metric_of(node)
        if metric and catalog.type_of(metric) == COUNTER:
            yield metric
    elif isinstance(node, promql_parser.AggregateExpr) and str(node.op) in KEEPS_VALUES:
        yield from _bare_counters(node.expr, catalog)


CHECK = ContentCheck(
    name="metric-type",
    looks_at=(
        "Each function and comparison over a metric whose type is known, by its name, by the code and output in pages, "
        "or by the list of components: a rate of a gauge, a slope or a plain comparison of a counter."
    ),
    reason="The result looks like a number and is none: each fall of a gauge counts as a restart from zero.",
    find=_find,
)
