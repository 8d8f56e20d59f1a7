"""Find alerts that no series can fire: a comparison with a number that never comes, or matchers that contradict."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.content.expressions import is_equal, read_expression, selectors
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import rule_queries
from opsbook.problems import Problem


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each alert whose expression is always empty."""
    for query in rule_queries(content):
        node = read_expression(query.expression) if query.alert else None
        if node is not None and (why := _contradiction(node)):
            yield query.problem(f"`{query.alert}` cannot fire: {why}")


def _contradiction(node: object) -> str:
    for selector in selectors(node):
        wanted: dict[str, set[str]] = {}
        for matcher in selector.matchers.matchers:
            if is_equal(matcher):
                wanted.setdefault(matcher.name, set()).add(matcher.value)
        for name, values in wanted.items():
            if len(values) > 1:
                both = " and ".join(f'`{name}="{value}"`' for value in sorted(values))
                return f"no series has {both} at once; take one of them, or `{name}=~`"
    return ""


CHECK = ContentCheck(
    name="never-fires",
    looks_at="The expression of every alert: what its functions, comparisons and matchers let through.",
    reason="An alert that no series can fire looks like protection and is none.",
    find=_find,
)
