"""Read the tree of a PromQL expression: its selectors with their matchers, and the numbers in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import promql_parser

from opsbook.source.promql import parse_promql

MOST_LEVELS = 100
_PARTS = ("expr", "lhs", "rhs", "param", "vector_selector")


def read_expression(expression: str) -> object | None:
    """Return the tree of `expression`, with its regular expressions where the parser knows them; None if it is none."""
    try:
        parse_promql(expression)  # Judges its size too, which the parser would not survive.
    except (ValueError, RecursionError):
        return None
    node = parse_promql(expression)
    with contextlib.suppress(ValueError):
        node = promql_parser.parse(expression)
    return None if _is_deep(node) else node


def _is_deep(node: object) -> bool:
    """Return whether a tree has more levels than a walk through it should take."""
    level = [node]
    for _ in range(MOST_LEVELS):
        level = [part for each in level for part in below(each)]
        if not level:
            return False
    return True


def below(node: object) -> Iterator[object]:
    """Yield the parts of a node, from left to right."""
    yield from (part for name in _PARTS if (part := getattr(node, name, None)) is not None)
    yield from getattr(node, "args", None) or ()


def without_parens(node: object) -> object:
    """Return what stands inside of the parentheses around an expression."""
    while isinstance(node, promql_parser.ParenExpr):
        node = node.expr
    return node


def selectors(node: object) -> Iterator[promql_parser.VectorSelector]:
    """Yield every selector of series in the tree `node`."""
    if isinstance(node, promql_parser.VectorSelector):
        yield node
        return
    for part in below(node):
        yield from selectors(part)


def metric_of(selector: promql_parser.VectorSelector) -> str | None:
    """Return the name of the metric that a selector asks for; None where it asks for several or any."""
    if selector.name:
        return str(selector.name)
    named = (each.value for each in selector.matchers.matchers if each.name == "__name__" and is_equal(each))
    return next(named, None)


def is_equal(matcher: promql_parser.Matcher) -> bool:
    """Return whether a matcher demands one value."""
    return bool(matcher.op == promql_parser.MatchOp.Equal)
