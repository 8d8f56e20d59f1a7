"""Find alerts and queries that are always empty: by a number that never comes, or by labels that no series has."""

from __future__ import annotations

from collections.abc import Iterator

import promql_parser

from opsbook.content.expressions import below, is_equal, metric_of, read_expression, selectors, without_parens
from opsbook.content.matching import accepts
from opsbook.content.metrics import MetricCatalog, metric_catalog
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import queries
from opsbook.content.ranges import ANY, bounds_of
from opsbook.problems import Problem
from opsbook.source.tree import short

_MATCHES_ALL = frozenset({"and", "+", "-", "*", "/", "%", "^", ">", "<", ">=", "<=", "==", "!="})
_CHANGES_LABELS = frozenset(
    {"absent", "absent_over_time", "histogram_quantile", "label_join", "label_replace", "scalar"}
)


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each alert, and each other query, whose expression is always empty."""
    catalog = metric_catalog(content)
    for query in queries(content):
        node = read_expression(query.expression)
        if node is not None and (why := _why_empty(node, catalog)):
            what = f"`{query.alert}` cannot fire" if query.alert else "this query never gives anything"
            yield query.problem(f"{what}: {why}")


def _why_empty(node: object, catalog: MetricCatalog) -> str:
    """Return why the tree `node` is always empty; an empty text where it is not, as far as is known."""
    node = without_parens(node)
    if isinstance(node, promql_parser.BinaryExpr) and str(node.op) == "or":
        left, right = _why_empty(node.lhs, catalog), _why_empty(node.rhs, catalog)
        return left if left and right else ""
    if isinstance(node, promql_parser.VectorSelector):
        return _contradiction(node, catalog)
    if isinstance(node, promql_parser.Call) and str(node.func.name) in ("absent", "absent_over_time", "vector"):
        return ""
    if isinstance(node, promql_parser.BinaryExpr):
        if str(node.op) == "unless":
            return _why_empty(node.lhs, catalog)
        if why := _unlike(node):
            return why
    if why := next((why for part in below(node) if (why := _why_empty(part, catalog))), ""):
        return why
    if isinstance(node, promql_parser.BinaryExpr) and bounds_of(node, catalog).is_empty:
        return f"`{short(str(node), 100)}` is never true; {_range(node, catalog)}"
    return ""


def _contradiction(selector: promql_parser.VectorSelector, catalog: MetricCatalog) -> str:
    """Return why no series has the labels that a selector asks for; an empty text where one may have them."""
    wanted: dict[str, set[str]] = {}
    for matcher in selector.matchers.matchers:
        if is_equal(matcher):
            wanted.setdefault(matcher.name, set()).add(matcher.value)
    for name, values in wanted.items():
        if len(values) > 1:
            both = " and ".join(f'`{name}="{value}"`' for value in sorted(values))
            return f"no series has {both} at once; take one of them, or `{name}=~`"
    metric = metric_of(selector)
    for matcher in selector.matchers.matchers if metric else ():
        allowed = catalog.values_of(metric or "", matcher.name)
        if allowed and "$" not in matcher.value and not any(accepts(matcher, value) for value in allowed):
            asked = f"no series of `{metric}` has the `{matcher.name}` that is asked for, `{matcher.value}`"
            return f"{asked}; allowed: {', '.join(allowed)}"
    return ""


def _unlike(node: promql_parser.BinaryExpr) -> str:
    """Return why no series of the left side has the labels of one on the right, where all their labels count."""
    matching = node.modifier.matching if node.modifier else None
    if str(node.op) not in _MATCHES_ALL or (matching and not matching.labels):
        return ""
    left, right = _demanded(node.lhs), _demanded(node.rhs)
    counted = set(left) & set(right)
    if matching:
        is_on = matching.type == promql_parser.LabelModifierType.Include
        counted = counted & set(matching.labels) if is_on else counted - set(matching.labels)
    for name in sorted(counted):
        if left[name] != right[name]:
            return (
                f'series with `{name}="{left[name]}"` meet none with `{name}="{right[name]}"`; '
                f"write `ignoring ({name})`, or `on (…)` with the labels that both have"
            )
    return ""


def _demanded(node: object) -> dict[str, str]:
    """Return the labels that every series of a side has with one value; none where an aggregation may drop them."""
    node = without_parens(node)
    if (
        isinstance(node, promql_parser.Call)
        and node.args
        and str(node.func.name) not in ("label_replace", "label_join")
    ):
        sides = [part for part in node.args if any(True for _ in selectors(part))]
        return _demanded(sides[0]) if len(sides) == 1 and not str(node.func.name).startswith("absent") else {}
    if isinstance(node, promql_parser.MatrixSelector):
        node = node.vector_selector
    if isinstance(node, promql_parser.BinaryExpr) and isinstance(without_parens(node.rhs), promql_parser.NumberLiteral):
        return _demanded(node.lhs)
    if isinstance(node, promql_parser.VectorSelector):
        return {each.name: each.value for each in node.matchers.matchers if is_equal(each) and each.name != "__name__"}
    return {}


def _range(node: promql_parser.BinaryExpr, catalog: MetricCatalog) -> str:
    """Return what the sides of a comparison give, as far as that is bounded."""
    for name, side in (("left", node.lhs), ("right", node.rhs)):
        bounds = bounds_of(side, catalog)
        if not isinstance(without_parens(side), promql_parser.NumberLiteral) and bounds != ANY and not bounds.is_empty:
            most = f"{bounds.least:g}" if bounds.least == bounds.most else f"{bounds.least:g} to {bounds.most:g}"
            return f"its {name} side gives {most.replace('inf', 'any number')}, and nothing where there is no series"
    return "its sides never meet"


CHECK = ContentCheck(
    name="never-fires",
    looks_at="The expression of every alert and query: what its functions, comparisons and matchers let through.",
    reason="An alert that no series can fire looks like protection and is none, and a query shows nothing in any case.",
    find=_find,
)
