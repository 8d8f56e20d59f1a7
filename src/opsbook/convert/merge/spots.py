"""Find the mappings and lists of a `checklist.yml` in its text, and where each of them begins and ends."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.nodes import ROOT
from opsbook.source.yaml import compose_yaml

Pair = tuple[yaml.Node, yaml.Node]
"""A key and its value."""
LISTS = ("areas", "groups", "items")
_STEP = 2


class UnplaceableError(Exception):
    """The error of a change that the form of the file leaves no room for; it is made by hand."""


@dataclass(frozen=True)
class YamlSpot:
    """A mapping with an id, and the list that it is an entry of."""

    mapping: yaml.MappingNode
    entries: yaml.SequenceNode | None


@dataclass
class YamlSpots:
    """The places of all that has an id in a text."""

    changed: ChangedText
    by_id: dict[str, YamlSpot] = field(default_factory=dict)
    holders: dict[int, yaml.MappingNode] = field(default_factory=dict)
    """The mapping that a list stands in, by the list."""

    def __post_init__(self) -> None:
        root = compose_yaml(self.changed.text)[0]
        assert isinstance(root, yaml.MappingNode)
        self.by_id[ROOT] = YamlSpot(root, None)
        self._find(root)

    def _find(self, mapping: yaml.MappingNode) -> None:
        for key in LISTS:
            entries = value_of(mapping, key)
            if not isinstance(entries, yaml.SequenceNode):
                continue
            self.holders[id_of(entries)] = mapping
            for entry in entries.value:
                if isinstance(entry, yaml.MappingNode) and (id := value_of(entry, "id")):
                    self.by_id[id.value] = YamlSpot(entry, entries)
                    self._find(entry)

    def end(self, pair: Pair | None) -> int:
        """Return where the value of a key ends; where it has none, the place behind the colon."""
        assert pair
        key, value = pair
        if isinstance(value, yaml.ScalarNode) and not value.style and not value.value:
            return self.changed.text.index(":", key.end_mark.index) + 1
        return self.end_of(value)

    def end_of(self, node: yaml.Node) -> int:
        """Return where the last text of `node` ends; a block ends for the parser where the next thing begins."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return self.end(node.value[-1])
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            return self.end_of(node.value[-1])
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            while end > node.start_mark.index and self.changed.text[end - 1] in " \n":
                end -= 1
        return end

    def block(self, spot: YamlSpot) -> tuple[int, int]:
        """Return where the lines of an entry begin, with the comments right above it, and where they end."""
        assert spot.entries
        text, column = self.changed.text, dash_of(spot.entries)
        start = self.changed.line_start(spot.mapping.start_mark.index)
        while text[start : start + column].strip() or text[start + column : start + column + 1] != "-":
            start = self.changed.line_start(start - 1)
        while start:
            above = self.changed.line_start(start - 1)
            line = text[above : start - 1]
            if not line.startswith(" " * column + "#"):
                break
            start = above
        return start, self.changed.line_end(self.end_of(spot.mapping))

    def are_apart(self, entries: yaml.SequenceNode, *, is_area: bool) -> bool:
        """Return whether blank lines stand between the entries of a list."""
        if len(entries.value) < 2:
            return is_area
        start, _ = self.block(YamlSpot(entries.value[1], entries))
        return self.changed.text[max(start - 2, 0) : start] == "\n\n"

    def step(self) -> int:
        """Return by how many columns lists are indented in this file."""
        root = self.by_id[ROOT].mapping
        areas = value_of(root, "areas")
        is_block = isinstance(areas, yaml.SequenceNode) and not areas.flow_style
        return dash_of(areas) - column_of(root) if is_block and isinstance(areas, yaml.SequenceNode) else _STEP


def id_of(node: yaml.Node) -> int:
    """Return what tells `node` from every other node."""
    return id(node)


def pair_of(mapping: yaml.MappingNode, key: str) -> Pair | None:
    """Return a key of `mapping` with its value; None where it is not there."""
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def value_of(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    """Return the value of a key of `mapping`; None where it is not there."""
    found = pair_of(mapping, key)
    return found[1] if found else None


def column_of(mapping: yaml.MappingNode) -> int:
    """Return the column of the keys of a block."""
    return int(mapping.value[0][0].start_mark.column)


def dash_of(entries: yaml.SequenceNode) -> int:
    """Return the column of the dashes of a list."""
    return int(entries.start_mark.column)
