"""Rewrite templates so that the rounds of each loop are counted, and each text or list that they build is measured."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from opsbook.mkdocs.calls.budget import judge_size, judge_value

ROUNDS, JOINED, BUILT = "rounds of a page", "texts of a page", "lists of a page"
"""Filters that no page can name, since a name holds no blank."""


class Counting(NodeTransformer):
    """Passes what a loop iterates over, and what is joined or captured, through our own filters."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - the visitor's own name
        """Count the rounds, each with the text that it prints."""
        self.generic_visit(node)
        text = sum(len(data.data) for part in (*node.body, *node.else_) for data in _texts(part))
        node.iter = _through(node.iter, ROUNDS, nodes.Const(text))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - as above
        """Measure the text of `a ~ b`."""
        self.generic_visit(node)
        return _through(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802 - as above
        """Measure a list that is written in the page."""
        self.generic_visit(node)
        return _through(node, BUILT) if node.items else node

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802 - as above
        """Measure a mapping that is written in the page."""
        self.generic_visit(node)
        return _through(node, BUILT) if node.items else node

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802 - as above
        """Measure a tuple, unless it is the names that a loop or `set` assigns to."""
        self.generic_visit(node)
        return _through(node, BUILT) if node.items and node.ctx == "load" else node

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.Node:  # noqa: N802 - as above
        """Measure the text between `{% set x %}` and `{% endset %}`."""
        self.generic_visit(node)
        node.filter = node.filter or nodes.Filter(None, "string", [], [], None, None, lineno=node.lineno)
        return node


def built(value: object) -> object:
    """Return `value`. Raises TooMuchError if it is too large."""
    judge_value(value)
    return value


def joined(things: list[object]) -> str:
    """Return the texts of `things` joined. Raises TooMuchError if the result would be too long."""
    texts = [str(each) for each in things]
    judge_size(sum(map(len, texts)))
    return "".join(texts)


def _texts(node: nodes.Node) -> Iterable[nodes.TemplateData]:
    return (node,) if isinstance(node, nodes.TemplateData) else node.find_all(nodes.TemplateData)


def _through(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)
