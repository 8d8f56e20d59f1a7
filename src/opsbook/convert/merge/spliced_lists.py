"""Put entries into the lists of a `checklist.yml` and take them out, with the comments that stand above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml
from pydantic import BaseModel

from opsbook.convert.merge.forms import flow, shifted, with_margin
from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.spots import (
    LISTS,
    Pair,
    UnplaceableError,
    YamlSpot,
    YamlSpots,
    column_of,
    dash_of,
    id_of,
    pair_of,
)
from opsbook.convert.yaml_text import entry_lines


@dataclass(frozen=True)
class _Entry:
    """An entry that is put into a list: its lines in a block, and its text between brackets."""

    lines: Sequence[str]
    flow: str | None
    """None where it cannot stand between brackets."""


@dataclass
class SplicedLists:
    """The changes to the lists of a text, which are written all at once."""

    changed: ChangedText
    at: YamlSpots
    begun: dict[tuple[str, str], list[_Entry]] = field(default_factory=dict)
    """The new entries of lists that are not there yet."""
    cut: dict[int, list[yaml.Node]] = field(default_factory=dict)
    """The entries that are taken out, by their list."""

    def add(self, container: str, key: str, model: BaseModel, *, after: str | None) -> None:
        """Put `model` into the list `key` of `container`, behind the entry `after`, or as the first."""
        self._put(container, key, after, _Entry(tuple(entry_lines(model)), flow(model)))

    def move(self, id: str, container: str, key: str, *, after: str | None) -> None:
        """Take the entry `id` with its comments to another list. Raise UnplaceableError where it cannot stand there."""
        spot = self.at.by_id[id]
        assert spot.entries
        self._put(container, key, after, self._taken(spot, spot.entries))
        self.remove(id)

    def _taken(self, spot: YamlSpot, entries: yaml.SequenceNode) -> _Entry:
        """Return the entry at `spot` as it is written."""
        if entries.flow_style:
            source = self.changed.text[spot.mapping.start_mark.index : spot.mapping.end_mark.index]
            if "\n" in source or "#" in source:
                raise UnplaceableError
            return _Entry((f"- {source}",), source)
        start, end = self.at.block(spot)
        margin = dash_of(entries)
        return _Entry([shifted(line, margin) for line in self.changed.text[start:end].split("\n")], None)

    def remove(self, id: str) -> None:
        """Take the entry `id` out, with all that stands in it."""
        spot = self.at.by_id[id]
        assert spot.entries
        self.cut.setdefault(id_of(spot.entries), []).append(spot.mapping)

    def write(self) -> None:
        """Make the changes."""
        self._begin_lists()
        for spot in [each for each in self.at.by_id.values() if each.entries]:
            assert spot.entries
            gone = self.cut.pop(id_of(spot.entries), [])
            if gone:
                self._cut(spot.entries, gone)

    def _cut(self, entries: yaml.SequenceNode, gone: Sequence[yaml.Node]) -> None:
        holder = self.at.holders[id_of(entries)]
        pair = next(each for each in holder.value if each[1] is entries)
        if len(gone) == len(entries.value) and self._cut_list(holder, pair, entries):
            return
        for mapping in gone:
            at = entries.value.index(mapping)
            if entries.flow_style:
                before = entries.value[at - 1] if at else None
                start = before.end_mark.index if before else mapping.start_mark.index
                end = mapping.end_mark.index if before else entries.value[at + 1].start_mark.index
                self.changed.replace(start, end, "")
                continue
            assert isinstance(mapping, yaml.MappingNode)
            start, end = self.at.block(YamlSpot(mapping, entries))
            self._cut_lines(start, end)

    def _cut_list(self, holder: yaml.MappingNode, pair: Pair, entries: yaml.SequenceNode) -> bool:
        """Take a list out whose entries are all gone, with its key. Return False where its comments have to stay."""
        start, end = pair[0].start_mark.index, self.at.end(pair)
        if entries.flow_style or pair is holder.value[0]:
            self.changed.replace(entries.start_mark.index, end, "[]")
            return True
        blocks = [self.at.block(YamlSpot(each, entries)) for each in entries.value]
        between = zip([end for _, end in blocks[:-1]], [start for start, _ in blocks[1:]], strict=True)
        rest = [(pair[0].end_mark.index, blocks[0][0]), *between]
        if any("#" in self.changed.text[one:other] for one, other in rest):
            self.changed.insert(self.changed.text.index(":", pair[0].end_mark.index) + 1, " []")
            return False
        self.changed.replace(self.changed.line_start(start) - 1, self.changed.line_end(end), "")
        return True

    def _cut_lines(self, start: int, end: int) -> None:
        """Take lines out, and one of two blank lines that would meet."""
        text = self.changed.text
        if text[max(start - 2, 0) : start] == "\n\n" and text[end : end + 2] in ("\n\n", "\n", ""):
            start -= 1
        self.changed.replace(start, min(end + 1, len(text)), "")

    def _put(self, container: str, key: str, after: str | None, entry: _Entry) -> None:
        holder = self.at.by_id[container].mapping
        pair = pair_of(holder, key)
        entries = pair[1] if pair else None
        if isinstance(entries, yaml.SequenceNode) and entries.value:
            self._put_beside(entries, after, entry, is_area=key == "areas")
        elif holder.flow_style and entry.flow is None:
            raise UnplaceableError
        else:
            self.begun.setdefault((container, key), []).append(entry)

    def _put_beside(self, entries: yaml.SequenceNode, after: str | None, entry: _Entry, *, is_area: bool) -> None:
        anchor = self.at.by_id[after] if after is not None else None
        if entries.flow_style:
            if entry.flow is None:
                raise UnplaceableError
            if anchor:
                self.changed.insert(anchor.mapping.end_mark.index, f", {entry.flow}")
            else:
                self.changed.insert(entries.value[0].start_mark.index, f"{entry.flow}, ")
            return
        new = with_margin(entry.lines, dash_of(entries))
        blank = "\n" if self.at.are_apart(entries, is_area=is_area) else ""
        if anchor:
            at = self.changed.line_end(self.at.end_of(anchor.mapping))
            self.changed.insert(at, f"\n{blank}{new}", depth=dash_of(entries))
        else:
            start, _ = self.at.block(YamlSpot(entries.value[0], entries))
            self.changed.insert(start, f"{new}\n{blank}")

    def _begin_lists(self) -> None:
        """Write the lists that were not there."""
        for (container, key), entries in self.begun.items():
            holder = self.at.by_id[container].mapping
            if holder.flow_style:
                self._begin_between_brackets(holder, key, entries)
            else:
                self._begin_block(holder, key, entries)

    def _begin_between_brackets(self, holder: yaml.MappingNode, key: str, entries: Sequence[_Entry]) -> None:
        pair = pair_of(holder, key)
        end = self.at.end(pair or holder.value[-1])
        start, comma = (pair[0].start_mark.index, "") if pair else (end, ", ")
        self.changed.replace(start, end, f"{comma}{key}: [{', '.join(each.flow or '' for each in entries)}]")

    def _begin_block(self, holder: yaml.MappingNode, key: str, entries: Sequence[_Entry]) -> None:
        pair, column = pair_of(holder, key), column_of(holder)
        new = "\n".join([f"{key}:", *(with_margin(each.lines, column + self.at.step()) for each in entries)])
        if pair:  # `items: []`, or nothing behind the colon
            self.changed.replace(pair[0].start_mark.index, self.at.end(pair), new)
            return
        last = next((each for each in reversed(holder.value) if each[0].value not in LISTS), holder.value[-1])
        before = pair_of(holder, "items") if key == "groups" else None  # Groups follow the items of an area.
        at = self.changed.line_end(self.at.end(before or last))
        self.changed.insert(at, f"\n{' ' * column}{new}", depth=column)
