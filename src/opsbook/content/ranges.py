"""Tell which numbers an expression can give, as far as its functions, numbers and metrics bound them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import promql_parser

from opsbook.content.expressions import metric_of, without_parens
from opsbook.content.metrics import COUNTER, MetricCatalog, fits_pattern

BITS = ("up", "probe_success", "*_up", "kube_*_status_condition", "kube_pod_status_ready", "kube_pod_status_phase",
         "*_last_reload_successful", "vault_core_unsealed")  # fmt: skip
_ONE = ("ALERTS", "*_info")
_CALLS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("absent", "absent_over_time", "present_over_time"), (1, 1)),
    **dict.fromkeys(("rate", "irate", "increase", "changes", "resets", "abs", "sqrt", "exp"), (0, math.inf)),
    **dict.fromkeys(("stddev_over_time", "stdvar_over_time", "timestamp", "time"), (0, math.inf)),
    "count_over_time": (1, math.inf),
    "hour": (0, 23),
    "minute": (0, 59),
    "day_of_week": (0, 6),
    "day_of_month": (1, 31),
    "day_of_year": (1, 366),
    "days_in_month": (28, 31),
    "month": (1, 12),
    "sgn": (-1, 1),
}
_OVER_TIME = ("avg_over_time", "min_over_time", "max_over_time", "last_over_time", "quantile_over_time")
_SAME = frozenset((*_OVER_TIME, "ceil", "floor", "round", "sort", "sort_desc", "label_replace", "label_join", "vector"))
_AGGREGATES = frozenset({"min", "max", "avg", "topk", "bottomk", "quantile"})


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest number; the result is always empty where the least is above the greatest."""

    least: float = -math.inf
    most: float = math.inf

    @property
    def is_empty(self) -> bool:
        """Return whether no number lies between them."""
        return self.least > self.most


EMPTY = Bounds(math.inf, -math.inf)
ANY = Bounds()


def bounds_of(node: object, catalog: MetricCatalog) -> Bounds:
    """Return the bounds of what the tree `node` gives; wider than they are where it is not known for certain."""
    node = without_parens(node)
    if isinstance(node, promql_parser.NumberLiteral):
        return Bounds(node.val, node.val)
    if isinstance(node, promql_parser.UnaryExpr):
        inside = bounds_of(node.expr, catalog)
        return inside if inside.is_empty else Bounds(-inside.most, -inside.least)
    if isinstance(node, (promql_parser.VectorSelector, promql_parser.MatrixSelector, promql_parser.SubqueryExpr)):
        return _of_selector(node, catalog)
    if isinstance(node, promql_parser.AggregateExpr):
        return _of_aggregate(node, catalog)
    if isinstance(node, promql_parser.Call):
        return _of_call(node, catalog)
    if isinstance(node, promql_parser.BinaryExpr):
        return _of_operator(node, catalog)
    return ANY


def _of_selector(node: object, catalog: MetricCatalog) -> Bounds:
    if isinstance(node, promql_parser.MatrixSelector):
        node = node.vector_selector
    if isinstance(node, promql_parser.SubqueryExpr):
        return bounds_of(node.expr, catalog)
    metric = metric_of(node) if isinstance(node, promql_parser.VectorSelector) else None
    if metric is None or metric in catalog.recorded:
        return ANY
    if any(fits_pattern(metric, pattern) for pattern in _ONE):
        return Bounds(1, 1)
    if any(fits_pattern(metric, pattern) for pattern in BITS):
        return Bounds(0, 1)
    return Bounds(0) if catalog.type_of(metric) == COUNTER else ANY


def _of_aggregate(node: promql_parser.AggregateExpr, catalog: MetricCatalog) -> Bounds:
    inside, name = bounds_of(node.expr, catalog), str(node.op)
    if inside.is_empty or name in _AGGREGATES:
        return inside
    if name in ("count", "count_values"):
        return Bounds(1)
    if name == "group":
        return Bounds(1, 1)
    if name == "sum":
        return Bounds(inside.least if inside.least >= 0 else -math.inf, inside.most if inside.most <= 0 else math.inf)
    return Bounds(0) if name in ("stddev", "stdvar") else ANY


def _of_call(node: promql_parser.Call, catalog: MetricCatalog) -> Bounds:
    name = str(node.func.name)
    inside = [bounds_of(argument, catalog) for argument in node.args]
    if name not in ("absent", "absent_over_time") and any(each.is_empty for each in inside):
        return EMPTY
    if name in _CALLS:
        return Bounds(*_CALLS[name])
    if name in _SAME and inside:
        return inside[-1] if name == "quantile_over_time" else inside[0]
    if name == "sum_over_time" and inside[0].least >= 0:
        return Bounds(0)
    if name in ("clamp_max", "clamp_min", "clamp"):
        least = inside[-1 if name == "clamp_min" else 1].least if name != "clamp_max" else -math.inf
        most = inside[-1].most if name != "clamp_min" else math.inf
        return Bounds(max(inside[0].least, least), max(min(inside[0].most, most), least))
    return ANY


def _of_operator(node: promql_parser.BinaryExpr, catalog: MetricCatalog) -> Bounds:
    left, right, name = bounds_of(node.lhs, catalog), bounds_of(node.rhs, catalog), str(node.op)
    if name == "or":
        return _joined(left, right)
    if left.is_empty or (right.is_empty and name != "unless"):
        return EMPTY
    if name in ("and", "unless"):
        return left
    if name in (">", "<", ">=", "<=", "==", "!="):
        if node.modifier and node.modifier.return_bool:
            return Bounds(0, 1)
        return _compared(left, right, name, is_scalar=isinstance(without_parens(node.lhs), promql_parser.NumberLiteral))
    return _computed(left, right, name)


def _joined(left: Bounds, right: Bounds) -> Bounds:
    if left.is_empty or right.is_empty:
        return right if left.is_empty else left
    return Bounds(min(left.least, right.least), max(left.most, right.most))


def _compared(left: Bounds, right: Bounds, name: str, *, is_scalar: bool) -> Bounds:
    """Return what is left of the left side (of the right one if that is a number) after a comparison."""
    if name == "!=":
        return EMPTY if left == right and left.least == left.most else (right if is_scalar else left)
    if name == "==":
        return Bounds(max(left.least, right.least), min(left.most, right.most))
    if name in ("<", "<="):
        is_never = left.least > right.most or (name == "<" and left.least == right.most)
        kept = Bounds(right.least, right.most) if is_scalar else Bounds(left.least, min(left.most, right.most))
    else:
        is_never = left.most < right.least or (name == ">" and left.most == right.least)
        kept = Bounds(right.least, right.most) if is_scalar else Bounds(max(left.least, right.least), left.most)
    return EMPTY if is_never else kept


def _computed(left: Bounds, right: Bounds, name: str) -> Bounds:
    if name == "+":
        return Bounds(left.least + right.least, left.most + right.most)
    if name == "-":
        return Bounds(left.least - right.most, left.most - right.least)
    is_constant = right.least == right.most and math.isfinite(right.least) and right.least > 0
    if name == "*" and is_constant:
        return Bounds(left.least * right.least, left.most * right.least)
    if name == "/" and is_constant:
        return Bounds(left.least / right.least, left.most / right.least)
    return Bounds(0) if name in ("*", "/") and left.least >= 0 and right.least >= 0 else ANY
