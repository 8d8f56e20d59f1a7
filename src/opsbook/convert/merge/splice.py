"""Change values and entries in the text of `checklist.yml`, and leave the rest of it as somebody wrote it.

A writer of YAML that keeps comments still rewrites line ends, blanks and indents of untouched lines. So the text is
cut and pasted here, at the places that the parser names.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from opsbook.convert.merge.forms import flow, in_single_quotes, with_margin
from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.nodes import ROOT
from opsbook.convert.merge.spliced_lists import SplicedLists
from opsbook.convert.merge.spots import Pair, UnplaceableError, YamlSpots, column_of, dash_of, pair_of, value_of
from opsbook.convert.yaml_text import field_lines


@dataclass(frozen=True)
class SplicedYaml:
    """The text of a `checklist.yml` and the changes to it; those of its `lists` are made last."""

    changed: ChangedText
    at: YamlSpots
    lists: SplicedLists

    @classmethod
    def of(cls, raw: str) -> SplicedYaml:
        """Return `raw`, the text of a checklist that is valid, ready to be changed."""
        changed = ChangedText(raw)
        at = YamlSpots(changed)
        return cls(changed, at, SplicedLists(changed, at))

    def set_value(self, id: str, key: str, value: object, *, after: str = "title") -> None:
        """Give the key of what is called `id` a value; a new key stands behind that of `after`."""
        mapping = self.at.by_id[id].mapping
        if found := pair_of(mapping, key):
            self._replace(mapping, found, key, value)
        elif mapping.flow_style:
            self.changed.insert(self.at.end(pair_of(mapping, after)), f", {key}: {flow(value)}")
        else:
            column = column_of(mapping)
            at = self.changed.line_end(self.at.end(pair_of(mapping, after)))
            self.changed.insert(at, "\n" + with_margin(field_lines(key, value), column), depth=column)

    def _replace(self, mapping: yaml.MappingNode, pair: Pair, key: str, value: object) -> None:
        end = self.at.end(pair)
        lines = list(field_lines(key, value))
        behind = self.changed.text[end : self.changed.line_end(end)].strip()
        old = pair[1]
        if isinstance(old, yaml.CollectionNode) and " #" in self.changed.text[pair[0].start_mark.index : end]:
            raise UnplaceableError
        if mapping.flow_style or (len(lines) > 1 and behind):
            new = f"{key}: {flow(value)}"
        elif len(lines) == 1 and isinstance(value, str) and getattr(old, "style", None) in ("'", '"'):
            new = f"{key}: {in_single_quotes(value)}"
        else:
            new = with_margin(lines, column_of(mapping)).lstrip()
        blank = self.changed.text[pair[0].end_mark.index : pair[1].start_mark.index]
        if len(lines) == 1 and "\n" not in blank and new.startswith(f"{key}: "):  # `title:   Text` keeps its blanks.
            new = f"{self.changed.text[pair[0].start_mark.index : pair[1].start_mark.index]}{new[len(key) + 2 :]}"
        self.changed.replace(pair[0].start_mark.index, end, new)

    def set_inner(self, key: str, inner: str, value: str) -> None:
        """Give the key `inner` of the mapping under the `key` of the checklist a value."""
        mapping = value_of(self.at.by_id[ROOT].mapping, key)
        if isinstance(mapping, yaml.MappingNode) and (found := pair_of(mapping, inner)):
            self._replace(mapping, found, inner, value)
        elif isinstance(mapping, yaml.MappingNode) and mapping.value:
            last = mapping.value[-1]
            if mapping.flow_style:
                self.changed.insert(self.at.end(last), f", {inner}: {flow(value)}")
            else:
                lines = with_margin(field_lines(inner, value), column_of(mapping))
                self.changed.insert(self.changed.line_end(self.at.end(last)), "\n" + lines)

    def remove_key(self, id: str, key: str) -> None:
        """Take a key of what is called `id` out. Raise UnplaceableError where a comment would lose its place."""
        mapping = self.at.by_id[id].mapping
        pair = pair_of(mapping, key)
        if pair is None:
            return
        at, text = mapping.value.index(pair), self.changed.text
        start, end = pair[0].start_mark.index, self.at.end(pair)
        rest = text[end : self.changed.line_end(end)].strip()
        if mapping.flow_style or at == 0:
            following = mapping.value[at + 1 : at + 2]
            before = mapping.value[at - 1] if at else None
            if before:
                start = self.at.end(before)
            elif following:
                end = following[0][0].start_mark.index
            if "#" in text[start:end]:
                raise UnplaceableError
            self.changed.replace(start, end, "")
        elif rest:
            raise UnplaceableError
        else:
            self.changed.replace(self.changed.line_start(start) - 1, self.changed.line_end(end), "")

    def mark(self, id: str, comment: str) -> None:
        """Write a comment above the entry `id`, unless the file leaves no room for it."""
        spot = self.at.by_id[id]
        if spot.entries is None or spot.entries.flow_style:
            return
        start, _ = self.at.block(spot)
        line = f"{' ' * dash_of(spot.entries)}# {comment}\n"
        self.changed.insert(start, line)

    def has_comment(self, id: str) -> bool:
        """Return whether a comment stands in or above the entry `id`; True too for what only may be one."""
        spot = self.at.by_id[id]
        assert spot.entries
        if spot.entries.flow_style:
            return "#" in self.changed.text[spot.mapping.start_mark.index : spot.mapping.end_mark.index]
        start, end = self.at.block(spot)
        lines = self.changed.text[start:end].split("\n")
        return any(line.lstrip().startswith("#") or " #" in line for line in lines)

    def result(self) -> str:
        """Return the text with all changes."""
        self.lists.write()
        return self.changed.result()
