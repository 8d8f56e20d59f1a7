"""Make the permanent anchors of operations and schemas on a page.

They stand in an attribute list of Markdown, where an underscore at the edge of a word would begin emphasis.
"""

from __future__ import annotations

import re


def operation_anchor(method: str, path: str) -> str:
    """Return the anchor of a method on a path; a parameter of the path is marked by a colon.

    >>> operation_anchor("get", "/carts/{cartId}/line_items"), operation_anchor("get", "/carts/cartId/_line_items")
    ('get-carts-:cartId-line_items', 'get-carts-cartId-line_items')
    """
    words = re.sub(r"[^A-Za-z0-9_.~{]+", "-", f"{method}-{path}").replace("{", ":")
    return _without_edges(words)


def schema_anchor(name: str) -> str:
    """Return the anchor of a schema.

    >>> schema_anchor("Order_1"), schema_anchor("_Order")
    ('schema-Order_1', 'schema-Order')
    """
    return _without_edges(f"schema-{name}")


def _without_edges(words: str) -> str:
    return re.sub(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", "", words).strip("-")
