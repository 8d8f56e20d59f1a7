"""Know by what a part of a list is told apart from the others: its id, its control, its title, its text."""

from __future__ import annotations

import re
from collections.abc import Hashable

from opsbook.convert.ids import short_slug
from opsbook.convert.merge.nodes import ListNode, ListNodes
from opsbook.convert.merge.similar import plain_title, title_sign
from opsbook.source.slugs import slug

_COUNTED = re.compile(r"(?:-\d+)?$")
_NAMELESS = re.compile(r"(?:area|group|item|step)(?:-\d+)?$")
_LONG_TEXT = 40
"""A text of as many letters belongs to one item."""
_HALF = 0.5
_NEARLY_ALL = 0.9


def has_own_id(node: ListNode, nodes: ListNodes) -> bool:
    """Return whether the id of `node` was written by somebody, and not made of its title by an import."""
    made_of = {*slug(short_slug(node.title), most=1000).split("-"), *slug(node.title, most=1000).split("-")}
    if not any(made_of) or _NAMELESS.search(node.id):
        return False
    above = {word for id in nodes.path(node.id) for word in id.split("-")}
    parts = _COUNTED.sub("", node.id).split("-")
    return not all(part in made_of | above for part in parts)


def whole_path(node: ListNode, nodes: ListNodes) -> Hashable:
    """Return the titles of all that `node` stands in, and its own."""
    return (*(plain_title(nodes.by_id[id].title) for id in nodes.path(node.id)), title_sign(node.title))


def first_control(node: ListNode) -> str | None:
    """Return the first control that an item names: in a list of a standard, its own id there."""
    maps = node.said.get("maps")
    return str(maps[0]) if isinstance(maps, list) and maps else None


def are_controlled(nodes: ListNodes) -> bool:
    """Return whether most items name a control, and hardly two of them the same: then it tells each apart."""
    items = [node for node in nodes if node.kind == "item"]
    named = [each for each in map(first_control, items) if each]
    return len(named) > _HALF * len(items) and len(set(named)) >= _NEARLY_ALL * len(named)


def long_text(node: ListNode) -> str | None:
    """Return the text of `node`, where it is so long that no other has it."""
    text = node.said.get("text")
    return text if isinstance(text, str) and len(text) >= _LONG_TEXT else None
