"""Read the nodes of foreign YAML: mappings with anchors and merge keys, from which nothing is constructed."""

from __future__ import annotations

import yaml


def entries(node: yaml.Node | None, depth: int = 0) -> dict[str, yaml.Node]:
    """Return the keys of a mapping with their values, merge keys resolved; the mapping's own keys win."""
    if not isinstance(node, yaml.MappingNode) or depth > 8:
        return {}
    own: dict[str, yaml.Node] = {}
    merged: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value == "<<":
            for source in value.value if isinstance(value, yaml.SequenceNode) else (value,):
                merged = entries(source, depth + 1) | merged
        else:
            own.setdefault(key.value, value)
    return merged | own


def scalar(node: yaml.Node | None, *keys: str) -> yaml.ScalarNode | None:
    """Return the first text or number that stands in a mapping under one of `keys`."""
    fields = entries(node)
    return next((found for key in keys if isinstance(found := fields.get(key), yaml.ScalarNode)), None)
